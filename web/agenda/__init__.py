"""The agenda as pages: for any browser, for phones' calendars and for paper."""
