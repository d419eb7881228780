"""Hot spots: functions of WeasyPrint 70 that take much of the time, replaced by quicker ones with the same result.

In: WeasyPrint's modules. Out: the same, with other functions. All are offered upstream.
Each module says why the result is the same; a test compares all that is made with that of WeasyPrint alone.
Not here: functions that give another result, such as those for tags.
"""
