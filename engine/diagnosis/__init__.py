"""Diagnosis: what a typed answer says about how it was worked out.

Never about the learner: one wrong answer is weak evidence, and what a chance number would hit as
easily is not said. How an answer travels, one module each:

    deciding     the order of what is considered; the verdict
    evidence     what shown work says: right, wrong, disproved
    answering    what is right and what is foreseen, for one learner's earlier values
    outlook      every wrong answer that can be foreseen at a step, merged where it is the same
    ways         the ways a computation is worked, and whether a number is what one of them gives
    chance       how easily a number that nobody worked out fits
    computations the computations foreseen at a step, with the parts that work may be of
    shown_work   the set-up that is shown, and the first equality that does not hold
    structure    whether two expressions say the same on paper
    separating   the question that tells two explanations apart
    verdict      the result, as plain data
    slots        the texts that the sentences in content/ are filled with
"""

from engine.diagnosis.diagnosing import Diagnoser, diagnose, diagnose_direction
from engine.diagnosis.outlook import Outlook, Prediction
from engine.diagnosis.slots import gives_away, slots
from engine.diagnosis.verdict import Candidate, Carried, Kind, Made, Question, Shown, Slip, Verdict

__all__ = [
    "Candidate",
    "Carried",
    "Diagnoser",
    "Kind",
    "Made",
    "Outlook",
    "Prediction",
    "Question",
    "Shown",
    "Slip",
    "Verdict",
    "diagnose",
    "diagnose_direction",
    "gives_away",
    "slots",
]
