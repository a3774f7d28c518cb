"""Is what the tutor says of a learner's page true of that page? Judged without the tutor's rules.

A learner is simulated who writes whole lines (`learner`, `mistakes`, `writing`), the tutor answers
(`tutor`, the only module that calls the product), and a judge holds each sentence of the answer
(`sentences`) against the page that the learner wrote (`page`) and the plain numbers of the step
(`network`): `claims` says what each sentence claims and when a page disproves it.

Nothing here but `tutor` imports the engine or the content.
"""
