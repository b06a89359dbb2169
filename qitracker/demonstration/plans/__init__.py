"""All invented measures with their stories, in the order in which they are taken into use."""

from qitracker.demonstration.course import Plan
from qitracker.demonstration.plans import access, effectiveness, experience, infection, medicines, prevention, safety

PLANS: tuple[Plan, ...] = (
    *safety.PLANS,
    *infection.PLANS,
    *medicines.PLANS,
    *effectiveness.PLANS,
    *access.PLANS,
    *experience.PLANS,
    *prevention.PLANS,
)
"""Some measures of the library are left on the shelf, so that taking one into use can be tried."""


def plan_of(code: str) -> Plan:
    """Return the plan of one measure."""
    return next(plan for plan in PLANS if plan.code == code)
