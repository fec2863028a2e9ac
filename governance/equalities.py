"""What an equalities analysis still lacks."""

from governance.models import DeliveryPlan, EqualityAnalysis, EqualityImpact

Effect = EqualityImpact.Effect


def of(plan: DeliveryPlan) -> EqualityAnalysis | None:
    """The plan's analysis with its impacts and what lessens them; None while nothing has been screened. Two queries."""
    impacts = "impacts__mitigation__delivery_plan__body"
    return (
        EqualityAnalysis.objects.filter(delivery_plan=plan)
        .select_related("screened_by")
        .prefetch_related(impacts)
        .first()
    )


def in_order(analysis: EqualityAnalysis | None) -> list[EqualityImpact]:
    """What was said, in the order in which the Act lists the characteristics."""
    order = EqualityImpact.Characteristic.values
    return sorted(analysis.impacts.all(), key=lambda one: order.index(one.characteristic)) if analysis else []


def missing(analysis: EqualityAnalysis | None) -> list[str]:
    """What is still to be said, in the order of the page; empty when the analysis is complete."""
    if analysis is None:
        return ["Nothing has been screened"]
    if analysis.screening == EqualityAnalysis.Screening.NONE:
        return []  # the database asks for the reason
    there = {impact.characteristic: impact for impact in analysis.impacts.all()}
    found = []
    for characteristic in EqualityImpact.Characteristic:
        impact = there.get(characteristic)
        if impact is None or impact.effect == Effect.UNKNOWN:
            found.append(f"{characteristic.label}: the effect is not known yet")
        elif not impact.evidence.strip():
            found.append(f"{characteristic.label}: no evidence is given")
    return found
