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
        "The share of false alarms to expect among drop-offs at least this clear.",
    ),
)
