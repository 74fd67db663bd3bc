" Theorem files of graddiv (docs/theorem-files.md). Copy this folder into ~/.vim.
if exists("b:current_syntax")
  finish
endif

syntax match theoremKeyword "^\s*\(theorem\|title\|cites\|constants\|given\|let\|assume\)\>"
syntax match theoremKeyword "^\s*\(for\|at\|each\|step\|when\|claim\|telling\)\>"
syntax match theoremKeyword "^\s*\(mutant\|refuted\|draw\|demand\)\>"
syntax match theoremTitle "^\s*title\s.*$" contains=theoremKeyword
syntax match theoremChange "\<\(drop\|replace\|by\|with\|file\|moments\|interpolation\|neighbour\|mixed\)\>"
syntax match theoremChange "\<\(loss\|spectrum\|regularization\|mechanism\|start\)\ze\s*="
syntax match theoremLabel "\<[a-z0-9-]\+\ze:"
syntax match theoremLogic "\<\(and\|or\|not\)\>\|[∧∨¬]"
syntax match theoremRelation "[<>=≤≥≠]"
syntax match theoremFunction "\<\(log\|exp\|sqrt\|min\|max\|abs\|sin\|cos\|if\|sum\|all\)\ze("
syntax match theoremNumber "\<\d\+\(\.\d\+\)\?\([eE][-+]\?\d\+\)\?\>"
syntax match theoremString "\"[^\"]*\""
syntax match theoremComment "\(^\|\s\)#.*$"

highlight default link theoremKeyword Keyword
highlight default link theoremTitle Title
highlight default link theoremChange Special
highlight default link theoremLabel Label
highlight default link theoremLogic Operator
highlight default link theoremRelation Operator
highlight default link theoremFunction Function
highlight default link theoremNumber Number
highlight default link theoremString String
highlight default link theoremComment Comment

let b:current_syntax = "theorem"
