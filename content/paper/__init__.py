"""Worksheets on paper: numbers drawn for each variant, typeset, with an answer key.

    variants      what a set of worksheets asks, and the numbers of each variant
    mathematics   formulas as data that a template sets as mathematics
    definitions   what the functions of a network are, as mathematics
    graph         the network as a picture with names and no numbers
    sheet         the page for a pupil: what is given and what is asked, no answers
    key           the page for a teacher: right values, working, what common wrong ones mean
    press         Typst with its fonts: data and a template in, a PDF or a picture out
    scripts       how a language's letters are set

This stands in `content` because `python -m content worksheet` prints too, and imports point one
way: the bot draws its pictures with the same press, and hands out the same pages.
"""
