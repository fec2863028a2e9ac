"""The sample years 2016-17 and 2017-18: invented people and figures to try the product on. Never in production."""
