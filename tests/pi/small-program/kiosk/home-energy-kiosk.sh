#!/usr/bin/env bash
# The kitchen screen of the tests.
true
