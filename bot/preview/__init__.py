"""An author's lesson in the chat page, read anew when it is saved, with what stands beside a step.

    lesson   the lesson on the disk, and the tutor that teaches it as it now stands
    ahead    a learner put at any step, as if all before it were done
    beside   the hints of a step, and its likeliest wrong answers with what is said of them
    server   both on one page

`python -m content preview --serve` starts it; only this folder knows both the chat and the files.
"""
