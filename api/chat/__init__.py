"""The dialect of OpenAI's chat completions, over the answer engine."""
