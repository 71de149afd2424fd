"""What a quiz is: questions, marks, rules. Pure: no clock, dice, files, network, logging or asyncio."""
