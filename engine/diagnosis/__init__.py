"""Diagnosis: what a typed answer says about how it was worked out.

Never about the learner: one wrong answer is weak evidence, and what a chance number would hit as
easily is not said. How an answer travels, one module each:

    deciding         the order of what is considered; the verdict
    asked            one step for one learner's earlier values: what is right at it
    predictions      every wrong answer that can be foreseen at a step, merged where it is the same
    rounding_paths   how a computation is rounded, and whether a number is what that gives
    matching         the predictions that a typed number fits
    coincidence      how easily a number that nobody worked out fits
    evidence         what shown work says: right, wrong, disproved
    variants         the computations foreseen at a step, with the parts that work may be of
    shown_work       the set-up that is shown, and the first equality that does not hold
    structure        whether two expressions say the same on paper
    separating       the question that tells two explanations apart
    verdict          the result, as plain data
    slots            the texts that the sentences in content/ are filled with
"""

from engine.diagnosis.diagnosing import Diagnoser, diagnose, diagnose_direction
from engine.diagnosis.predictions import Prediction, Predictions
from engine.diagnosis.slots import gives_away, slots
from engine.diagnosis.verdict import Candidate, Carried, Kind, Made, Question, Shown, Slip, Verdict

__all__ = [
    "Candidate",
    "Carried",
    "Diagnoser",
    "Kind",
    "Made",
    "Prediction",
    "Predictions",
    "Question",
    "Shown",
    "Slip",
    "Verdict",
    "diagnose",
    "diagnose_direction",
    "gives_away",
    "slots",
]
