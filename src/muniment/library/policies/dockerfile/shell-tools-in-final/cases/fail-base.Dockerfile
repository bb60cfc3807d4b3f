# expect: fail
FROM python:3.12
