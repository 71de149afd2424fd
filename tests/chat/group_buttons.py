"""The English labels of the buttons of a group quiz."""

from group_chat import plain_text

NEXT = plain_text("control.next")
PAUSE = plain_text("control.pause")
RESUME = plain_text("control.resume")
CLOSE = plain_text("control.close")
DISCUSS = plain_text("control.discuss")
AGAIN = plain_text("control.again")
SKIP = plain_text("control.skip")
MORE = plain_text("control.more")
END = plain_text("control.end")
END_YES = plain_text("control.end_yes")
END_NO = plain_text("control.end_no")
FINISH = plain_text("control.finish")
START = plain_text("setup.start")
UNTIMED = plain_text("group.untimed")
