"""What the words of the report mean, for the method notes."""

MEANINGS = (
    (
        "Customer",
        "All identifiers that belong to one person: cookies, user ids, e-mails.",
    ),
    (
        "Journey",
        "A customer's events from the first touch to the end of one attempt at the "
        "goal: the goal itself, a competing exit, or silence.",
    ),
    (
        "In progress",
        "Still within the time to act at the end of the data: the outcome is not "
        "known yet, and is not counted as a loss.",
    ),
    (
        "Conversion, observed",
        "Who reached the last step, of all who entered. Too low, because some still "
        "have time.",
    ),
    (
        "Conversion, finished entries",
        "The same over entries that had all their time (Wilson interval).",
    ),
    (
        "Conversion, in progress taken into account",
        "One minus the share not yet through at the end of the window; each unit "
        "counts as long as it is seen (Kaplan\N{EN DASH}Meier).",
    ),
    (
        "Headline conversion",
        "The last of the three with at least 30 at risk at the window, else that of "
        "finished entries, else none, with the reason.",
    ),
    (
        "Dropped",
        "Reached a step, went no further, and has no time left to.",
    ),
    (
        "Beyond the expected",
        "Dropped, less the expected rate times those at risk: both of those who "
        "reached the step and had all their time. Expected: the same step in the "
        "period before, else in the rest of the whole. An association, not a cause.",
    ),
    (
        "Churn",
        "Silent for the horizon, of those active at the start. Who may still come "
        "back within it is undetermined, and is left out.",
    ),
    (
        "Emotion",
        "Answers on \N{MINUS SIGN}1 to +1: ratings over their scale, promoters +1, "
        "detractors \N{MINUS SIGN}1; words without a rating do not count. Who is "
        "silent is not neutral: n and the response rate stand beside.",
    ),
    (
        "NPS",
        "Percent of 9 and 10 less percent of 0 to 6.",
    ),
    (
        "Persona",
        "A group of customers with alike behaviour, found by clustering; none where "
        "no structure was found.",
    ),
    (
        "Process map",
        "Pairs of activities that follow each other directly in a journey, counted "
        "with their customers and waiting times.",
    ),
    (
        "Intervals",
        "All intervals are at 95%. Under 30 cases a rate has no decimals; under 5 "
        "answers nothing is drawn.",
    ),
    (
        "q",
        "The share of false alarms to expect among findings at least this clear.",
    ),
    (
        "Conversions lost",
        "How many more would convert if no more left at a place than expected, and "
        "those kept went on as those who stayed: an uplift, with its interval. An "
        "association, not a promise.",
    ),
    (
        "Priority",
        "Uplift times the value of a conversion, divided by the effort that the "
        "project file gives; without one, by 1.",
    ),
    (
        "Pain point",
        "A place where, in some slice of customers or month, more leave, loop, wait or "
        "are annoyed than expected, beyond chance. Each is told once.",
    ),
    (
        "Incident",
        "A way that converts less and was gone more often from a day on, until the "
        "day on which that changed again.",
    ),
    (
        "Odds ratio",
        "How much higher the odds to go on are with something than without it, among "
        "customers alike in the rest: 1 is no difference, 2 is twice the odds.",
    ),
    (
        "Credit",
        "The part of the conversions that a model gives to a channel; the credits of "
        "all channels add up to the conversions.",
    ),
    (
        "Abandoned, by cause",
        "Attempts that ended without their goal: by silence, an error or another "
        "exit. The shares by cause and that of those still open add up to all.",
    ),
    (
        "Recovered",
        "Came back within the set time after an attempt was abandoned; counted once "
        "that time is over.",
    ),
    (
        "Hazard",
        "Of those still customers at the start of a period of their own, the share "
        "that leaves in it.",
    ),
    (
        "Retention",
        "Active in exactly that period after the first event; unbounded: in it or "
        "later. A cell is final when the period is over for the whole cohort.",
    ),
    (
        "Conformance",
        "A journey keeps to the expected one if it needs no step left out, added or "
        "swapped; fitness is how little had to be changed, 1 for nothing.",
    ),
    (
        "Lift",
        "The conversion rate of ended journeys with a sequence over that of those "
        "without it.",
    ),
    (
        "Projection",
        "A straight line through the last whole periods, read at the day of the "
        "target, with the interval in which that period should lie.",
    ),
    (
        "Withheld",
        "A cell of fewer people than the project allows to show, and what would give "
        "it away. It is not zero.",
    ),
)
