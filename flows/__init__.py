"""What runs, when, and with which retries: the floors below called in order, and the Prefect flows around that.

`stages`, `importing` and `setting` know nothing of Prefect, so commands that need no scheduler never pay for it.
"""
