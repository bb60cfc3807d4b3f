FROM debian:12
RUN apt-get install -y sudoku && echo sudo
