"""What learners type at the choices of both lessons, and what it means there.

By step, then by what it is: the option picked; `POINTED`, to the buttons, without judging; `ASKED`,
a question; `SHRUGGED`, a wish for help.
"""

from __future__ import annotations

POINTED, ASKED, SHRUGGED = "-", "?", "idk"

_SHRUGS = ("idk", "idk lol", "i don't know", "no idea", "im lost 😭", "help me", "stuck")

_ASKING = (
    *("why?", "what?", "how do i know?", "what do you mean", "wait what", "so why", "huh?"),
    *("why is that", "can you explain it again?", "i dont know why", "but how"),
    *("what is a shrug", "how come", "which one is it", "is it the first or the second?"),
)

_DIRECTION: dict[str, tuple[str, ...]] = {
    "increase": (
        *(
            "increase",
            "Increase.",
            "increase?",
            "maybe increase?",
            "up",
            "up lol",
            "⬆️",
            "⬆ increase",
        ),
        *(
            "so it goes up right?",
            "i think it should go up",
            "bigger 😂",
            "haha up",
            "Should grow.",
        ),
        *("because it is too low, so up", "gradient is negative so it increases", "not sure, up?"),
        *("should go up", "is it up?", "what about increase?", "idk maybe increase", "it rises!!"),
        *(
            "isn't it increase?",
            "since the output is too low, up",
            "the loss decreases so increase",
        ),
        *("raise it", "the output should go up so increase it", "increase, but why?"),
    ),
    "decrease": (
        *("decrease", "down", "lower", "lower?", "smaller", "it should fall", "is it lower?", "⬇"),
        *("the loss is positive so down", "so down, right?", "i guess it goes down"),
    ),
    "no change": ("stay as it is", "same", "it stays", "doesn't change", "no change?"),
    POINTED: (
        *(
            "the loss should go down",
            "to make the loss smaller",
            "negative",
            "the gradient is -0.05",
        ),
        *("0.018", "-0.056", "wO2 is larger than wO1", "not down", "neither", "purple"),
        *("the prediction is too low", "increase or decrease"),
    ),
    ASKED: (
        *("why does wO2 go up?", "what happens if i increase it?", "should it go up or down"),
        *("how do i know if it's lower", "does it go up?", "up or down?", "what makes it increase"),
        *("how can a weight increase?", "i dont get why it increases", "tell me why it goes up"),
        *("does increase mean bigger?", "what if it decreases?", "so should i increase it"),
        *("not sure if it goes up or down", "is it always up?", "what does increase mean?"),
        *("i wonder if it should fall", "ok but why would it go up", "can it go down?"),
        *("am i supposed to increase it?", "i'm confused should it go up", "did it increase?"),
        *("whats the difference between increase and decrease", "does this mean it goes up?"),
        *("why up and not down", "what does wO2 do?"),
    ),
}

_TOO: dict[str, tuple[str, ...]] = {
    "low": (
        *("too low", "Too low!", "too low?", "low", "is it too low?", "too low right?", "below 1"),
        *("it is below the target", "lower than it should be", "under", "not enough", "too low 😅"),
        *("the prediction is too low", "less than the target", "i think its too low"),
        *("0.563 is less than 1", "p < 1", "isn't it too low?", "target is 1 so too low"),
        *("it's too low because 0.563 is less than 1", "so it's too low, right?", "0.563 < 1"),
    ),
    "high": ("too high", "high", "above the target", "it's too high lol", "0.563 > 1", "too big"),
    "fine": ("just right", "right", "perfect"),
    POINTED: (
        *("lower", "higher", "it should be higher", "it should be lower", "0.437", "0.563"),
        *("the target is higher than it", "the target is above it", "not too high", "1 > 0.563"),
    ),
    ASKED: (
        *("what does too low mean?", "why would it be too low", "how do i know if it's lower"),
        *("too low or too high?", "is it too low or too high", "how can it be too high?"),
        *("does too low mean below the target?", "compared to what?", "what is too high"),
    ),
}

CASES: dict[str, dict[str, tuple[str, ...]]] = {
    "bn lean": {
        "one": (
            *("To 1", "1", "to one", "1?", "is it 1?", "it leans to 1", "towards 1", "above 0.5"),
            *("0.563 > 0.5", "closer to 1", "1 lol", "i think 1", "maybe 1?", "second", "one"),
        ),
        "zero": ("0", "to 0", "zero", "closer to 0", "the first one"),
        "neither": ("neither", "to neither", "in the middle", "a shrug"),
        POINTED: ("0.563", "0.5", "both sides a bit", "not 0", "yes"),
        ASKED: ("what is a shrug", "what does lean mean?", "0 or 1?", "is it 0 or 1", "why 0.5?"),
    },
    "bn low_or_high": _TOO,
    "bn nudge_wo2": _DIRECTION,
    "bn nudge_wo1": _DIRECTION,
    "bn nudge_w22": _DIRECTION,
    "bn nudge_w21": _DIRECTION,
    "bn nudge_w12": _DIRECTION,
    "bn nudge_w11": _DIRECTION,
    "bn after_step": {
        "up": (
            *("It goes up", "up", "it rises", "goes up?", "the prediction goes up", "it increases"),
            *("closer to 1", "0.581", "up i guess", "it went up right?", "larger"),
        ),
        "down": ("down", "it goes down", "it gets smaller", "the prediction falls", "is it down?"),
        "same": ("it stays", "stays the same", "nothing"),
        POINTED: (
            "the loss goes down",
            "the loss gets smaller",
            "it gets better",
            "0.563",
            "0.176",
        ),
        ASKED: ("why would it go up?", "does it go up?", "up or down?", "what happens to it"),
    },
    "bn why_h2": {
        "both": (
            *("both", "H2 passed on more and wO2 is larger", "both are bigger", "both factors"),
            *("H2 and wO2 are both larger", "bigger value and bigger weight", "both?", "the third"),
            "it passed on more",
        ),
        "weight": ("only because wO2 is larger", "only wO2", "just because wO2 is bigger"),
        "inputs": ("H2 gets larger inputs", "bigger inputs", "larger inputs"),
        "order": ("it comes later", "H2 comes after H1"),
        POINTED: (
            *("because wO2 is larger", "wO2 is larger", "the weight", "0.234", "H2 is bigger"),
            *("0.26 > 0.03", "w22 is positive", "not the inputs"),
        ),
        ASKED: (
            "why did it?",
            "is it because of wO2?",
            "does H2 get larger inputs?",
            "which inputs",
        ),
    },
    "bn loss_means": {
        "unsure": (
            *("a little better than a shrug", "better than a shrug", "better than guessing"),
            *("slightly better than guessing lol", "0.191 < 0.25", "less than 0.25"),
        ),
        "percent": ("it is wrong 0.191 of the time", "wrong 0.191 of the time"),
        "distance": ("off by 0.191", "the prediction is off by 0.191", "0.191 away"),
        "perfect": ("nearly perfect", "almost perfect", "close to perfect"),
        POINTED: (
            *("0.191", "worse than a shrug", "far from perfect", "the distance squared", "0.437"),
            *("not perfect", "it is not off by 0.191", "its ok"),
        ),
        ASKED: ("what is a shrug", "what does off by mean?", "is 0.191 good?", "how wrong is it"),
    },
    "bn n_high": {
        "high": ("too high", "high", "above 0", "above the target", "too high?", "0.507 > 0"),
        "low": ("too low", "low", "below the target"),
        POINTED: ("it should be lower", "lower", "higher", "0.5", "not too low"),
        ASKED: ("too high or too low?", "what is the target?", "what does too high mean"),
    },
    "bn n_side": {
        "wrong_side": (
            *("no", "No.", "no lol", "wrong", "the wrong side", "wrong side?", "it's wrong"),
            *("not right", "above 0.5", "no, the wrong side", "no?"),
        ),
        "right_side": (
            "yes",
            "yes it is right",
            "the right side",
            "correct",
            "is it the right side?",
        ),
        "no_side": ("no side", "it takes no side"),
        POINTED: ("0.507", "barely", "it should be 0", "half"),
        ASKED: ("which side?", "what side is 0.5?", "right or wrong?"),
    },
    "bn n_blame": {
        "h2_all": (
            *("wO2, w21 and w22", "w21 w22 wO2", "w22, w21, wo2", "all of H2", "H2's weights"),
            *("w21 and wO2 and w22", "the weights of h2", "w21,w22,wO2?"),
        ),
        "h2_in": ("only w21 and w22",),
        "h2_out": ("only wO2",),
        "h1_all": ("w11 w12 wO1", "all of h1"),
        "none": ("none", "all get some", "none of them"),
        POINTED: ("w21", "wO2", "w21 and w22", "h2", "the zero ones", "0"),
        ASKED: (
            "which weights?",
            "why would w21 get none?",
            "is it wO2, w21 or w22?",
            "what is blame",
        ),
    },
    "bn why_stuck": {
        "ray": (
            *("0.0252", "is it 0.0252?", "0,0252", "smaller inputs never change the sign"),
            *("the sign stays the same", "same sign", "it would be 0.0252", "0.252 becomes 0.0252"),
            *("it needs a bias", "no bias", "ten times smaller"),
        ),
        "steps": ("it needs more steps", "more steps", "more training"),
        "rate": ("the steps are too small", "learning rate is too small"),
        "neurons": ("too few neurons", "two hidden neurons are too few", "more neurons"),
        POINTED: ("2.52", "0.03", "a line through zero", "not more steps", "the line can't move"),
        ASKED: ("what would it be?", "why is it stuck?", "does it need more steps?", "what sign?"),
    },
    "bn why_learns": {
        "border": (
            *("the line can move", "the border can shift", "they move the line", "line can move?"),
            *("The border need not point at (0, 0)", "moving the border", "it can shift the line"),
        ),
        "faster": ("the network computes faster", "it is faster", "faster"),
        "memory": ("it can remember the examples", "memory"),
        POINTED: ("it can move", "biases", "more freedom", "3", "it can", "no memory", "0"),
        ASKED: ("what border?", "how can it remember?", "can the line move?", "what did they do"),
    },
    "greenhouse g_more": {
        "tap": (
            "B",
            "the tap",
            "B, the tap",
            "b misses by more",
            "tap lol",
            "B is further off",
            "b?",
        ),
        "window": ("A", "the window", "window?", "A, the window"),
        "alike": ("both alike", "the same", "equal"),
        POINTED: ("0.495", "0.175", "0.276", "not A", "it is too high"),
        ASKED: ("A or B?", "is it A or B", "why B?", "which one misses more", "what is the tap?"),
    },
    "greenhouse g_wishes": {
        "up_down": (
            *("window up, tap down", "window up and tap down", "tap down, window up"),
            *("the window should go up and the tap down", "more window, less tap"),
        ),
        "down_up": ("window down, tap up", "window down and tap up"),
        "both_up": ("both up",),
        "both_down": ("both down", "both go down"),
        POINTED: ("up", "down", "up and down", "they disagree", "window", "-0.35", "not both up"),
        ASKED: ("should the window go up?", "what does negative mean?", "why both?"),
    },
    "greenhouse g_disagree": {
        "tap": (
            *(
                "B",
                "B's",
                "it should fall",
                "H2 should fall",
                "b wins",
                "B is larger",
                "the larger one",
            ),
            *("the tap", "the larger wish", "b’s wish is larger", "tap?"),
        ),
        "window": ("H2 should rise", "it should rise", "the window", "A's"),
        "neither": ("neither", "they cancel", "neither: they cancel"),
        POINTED: ("0.378", "0.693 > 0.315", "not A", "the sum is positive", "both"),
        ASKED: ("whose is it?", "A or B?", "should H2 fall?", "do they cancel?", "why does B win"),
    },
    "greenhouse g_bias_gradient": {
        "itself": (
            "-0.775",
            "−0.775",
            "the same as the blame",
            "-0.775?",
            "is it -0.775?",
            "blame itself",
        ),
        "zero": ("0", "zero", "it has no input", "0 lol"),
        "with_x1": ("-0.5425", "the blame times x1", "blame times x1", "x1"),
        POINTED: ("0.775", "0.5425", "1", "-0.7"),
        ASKED: ("what is the input?", "is it 0 or -0.775?", "why does it have no input?"),
    },
    "greenhouse g_after": {
        "fell": (
            "it fell",
            "fell",
            "down",
            "it went down",
            "the loss fell",
            "it got smaller",
            "lower?",
        ),
        "rose": ("it rose", "up", "it went up", "the loss increased", "it grew"),
        "same": ("it stayed", "stayed the same", "unchanged"),
        POINTED: ("A went up", "B is closer", "not up", "A rose and B fell", "0.141"),
        ASKED: ("did it fall?", "why did it fall", "what was the loss?", "how much did it fall?"),
    },
}
"""For each choice: what is typed, by what it means."""

for _meanings in CASES.values():
    _meanings[SHRUGGED] = _SHRUGS
    _meanings[ASKED] = (*dict.fromkeys((*_meanings[ASKED], *_ASKING)),)
