"""The nodes of the build graph that make drivers."""

from journeymine.drivers import make_attempts, make_drivers, make_exposures
from journeymine.plan import Step

STEPS = (
    Step(
        "py_driver_attempts",
        reads=("int_unit_events", "int_funnel_roles", "int_funnel_holds"),
        make=make_attempts,
    ),
    Step(
        "py_driver_activities",
        reads=(
            *("int_driver_landmarks", "int_event_log"),
            *("int_event_segments", "int_unit_events"),
        ),
        make=make_exposures,
    ),
    Step(
        "py_drivers",
        reads=("int_activities", "int_driver_landmarks", "py_driver_activities"),
        make=make_drivers,
    ),
)
