autocmd BufRead,BufNewFile *.theorem setfiletype theorem
