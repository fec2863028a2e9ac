import pytest
from django.core.exceptions import ValidationError

from lib.quarter_fields import QuarterConverter, QuarterField, YearConverter, YearField
from lib.quarters import Quarter, Year


def test_the_column_holds_the_slug_and_gives_back_the_value():
    field = QuarterField()
    assert field.get_prep_value(Quarter(2017, 4)) == "2017-18-q4"
    assert field.from_db_value("2017-18-q4", None, None) == Quarter(2017, 4)
    assert field.get_prep_value(None) is None


def test_text_is_taken_as_a_quarter_in_a_filter():
    assert QuarterField().get_prep_value("2017-18 Q4") == "2017-18-q4"


@pytest.mark.parametrize("field", [QuarterField(), YearField()])
def test_anything_else_is_refused_with_a_sentence(field):
    with pytest.raises(ValidationError, match="Enter a"):
        field.to_python("summer 2017")


def test_a_quarter_that_does_not_exist_is_not_matched_by_the_url():
    with pytest.raises(ValueError, match="not a financial year"):
        QuarterConverter().to_python("2017-19-q1")


def test_urls_carry_slugs():
    assert QuarterConverter().to_url(Quarter(2017, 1)) == "2017-18-q1"
    assert YearConverter().to_url(YearConverter().to_python("2017-18")) == str(Year(2017))


def test_migrations_do_not_repeat_the_length():
    assert "max_length" not in QuarterField().deconstruct()[3]
