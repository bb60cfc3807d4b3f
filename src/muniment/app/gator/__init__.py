"""gator's commands: what they read, judge, expand and compare."""
