"""Questions, marking and the rules of quizzes. Pure code: no clock, random numbers, I/O, logging or asyncio."""
