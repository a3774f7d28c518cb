"""Mastery and review: what a learner can do, what is due, and what to practise next. All pure.

    mastery     how likely each skill is known: Bayesian knowledge tracing
    review      when each skill and each mistake comes up again: FSRS
    records     what is kept about one learner, and what an answered set changes in it
    choose      what to practise next, and why
    progress    what /progress says: skills, what goes wrong most, days
    reminders   when one learner's next reminder is due

Nothing here looks at a clock or throws dice: `now` is given.
"""
