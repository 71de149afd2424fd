"""The buttons of a quiz in a group, as they read in English."""

from classmates import say

NEXT = say("control.next")
PAUSE = say("control.pause")
RESUME = say("control.resume")
CLOSE = say("control.close")
DISCUSS = say("control.discuss")
AGAIN = say("control.again")
SKIP = say("control.skip")
MORE = say("control.more")
END = say("control.end")
END_YES = say("control.end_yes")
END_NO = say("control.end_no")
FINISH = say("control.finish")
START = say("setup.start")
UNTIMED = say("group.untimed")
