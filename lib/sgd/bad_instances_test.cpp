#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "sgd/instance.h"

// Bad instance files, each with the whole message that the user gets. A file is one of the good
// ones below with one passage replaced, or a text of its own.
namespace graddiv {
namespace {

const char* const quadratic = R"({ "format": "graddiv-instance/1",
  "title": "A good file",
  "problem": { "family": "quadratic", "dimension": 2,
               "functions": [ { "A": [["2","0"],["0","1/3"]], "c": ["1","-1/2"], "offset": "0" },
                              { "A": [[1, 5], [5, 1]], "c": [0, 0] } ],
               "domain": { "kind": "box", "lower": [-1, -1], "upper": ["2", "2"] } },
  "run": { "start": ["0","0"], "step": "1/64", "batch": 4, "iterations": 3 } }
)";

const char* const linear = R"({ "format": "graddiv-instance/1",
  "problem": { "family": "linear", "dimension": 1, "functions": [ { "a": [1], "offset": 0 } ],
               "domain": { "kind": "ball", "center": [0], "radius": 1 } },
  "run": { "start": [0], "step": [1, 2], "batch": [1, 2], "iterations": 2 } }
)";

const char* const glm = R"({ "format": "graddiv-instance/1",
  "problem": { "family": "glm", "dimension": 2, "loss": "huber", "tau": "1/2",
               "rows": [[1, 2], [3, 4]], "targets": [1, -1] },
  "run": { "start": [0, 0], "step": 1, "batch": 1, "iterations": 0 } }
)";

const char* const maximum = R"({ "format": "graddiv-instance/1",
  "problem": { "family": "max-affine", "dimension": 1,
               "functions": [ { "pieces": [ { "a": [1], "offset": 2 }, { "a": [-1] } ],
                                "curvature": [3] } ] },
  "run": { "start": [0], "step": 1, "batch": 1, "iterations": 1 } }
)";

const char* const neighbours = R"({ "format": "graddiv-instance/1",
  "problem": { "family": "linear", "dimension": 1, "functions": [ { "a": [1] }, { "a": [2] } ] },
  "run": { "start": [0], "step": 1, "batch": 1, "iterations": 1 },
  "neighbour": { "index": 1, "replacement":
    { "family": "linear", "dimension": 1, "functions": [ { "a": [-1], "offset": 7 } ] } } }
)";

const char* const random_rows = R"({ "format": "graddiv-instance/1",
  "problem": { "family": "random-rows", "law": "gaussian", "functions": 3, "dimension": 2,
    "seed": 7 },
  "run": { "start": [0, 0], "step": 1, "batch": 1, "iterations": 0 } }
)";

struct BadInstance {
  const char* title;    // of the test
  const char* good;     // the file that is spoilt; nullptr: `replacement` is the whole text
  const char* passage;  // stands there once
  const char* replacement;
  const char* message;  // after "bad.json: "
};

#define NUMBER "a number: an integer, a decimal, or a string such as \"2/3\", \"0.125\" or \"1e-3\""

const BadInstance bad_instances[] = {
    // ---- regularization, rules and full batches ----
    {"NegativeRegularization", quadratic, R"("dimension": 2,)",
     R"("dimension": 2, "regularization": "-1/2",)",
     "/problem/regularization: found \"-1/2\", expected a number at or above 0"},
    {"RegularizationOfNothing", quadratic, R"("dimension": 2,)",
     R"("dimension": 2, "regularization": true,)",
     "/problem/regularization: found true, expected " NUMBER},
    {"RegularizationOfANeighbour", neighbours, R"("functions": [ { "a": [-1], "offset": 7 } ])",
     R"("regularization": 1, "functions": [ { "a": [-1], "offset": 7 } ])",
     "/neighbour/replacement/regularization: found 1, expected no \"regularization\" here: both "
     "data sets have that of \"problem\""},
    {"UnknownRule", quadratic, R"("step": "1/64")", R"("step": {"rule": "c/k^2", "c": 1})",
     "/run/step/rule: found \"c/k^2\", expected \"c/k\" or \"c/sqrt(k)\""},
    {"RootRuleWithoutC", quadratic, R"("step": "1/64")", R"r("step": {"rule": "c/sqrt(k)"})r",
     "/run/step/c: found nothing, expected this key, which is required"},
    {"RuleWithoutC", quadratic, R"("step": "1/64")", R"("step": {"rule": "c/k"})",
     "/run/step/c: found nothing, expected this key, which is required"},
    {"RuleThatDividesByZero", quadratic, R"("step": "1/64")",
     R"("step": {"rule": "c/k", "c": 1, "offset": 0})",
     "/run/step/offset: found 0, expected an integer from 1 to 1000000000"},
    {"RuleWithAnotherMember", quadratic, R"("step": "1/64")",
     R"("step": {"rule": "c/k", "c": 1, "k": 2})",
     "/run/step/k: found an unknown key, expected only \"rule\", \"c\" or \"offset\""},
    {"BatchOfAnotherWord", quadratic, R"("batch": 4)", R"("batch": "all")",
     "/run/batch: found \"all\", expected an integer from 1 to 1000000000, a list of such, or "
     "\"full\""},
    {"FullBatchInAList", linear, R"("batch": [1, 2])", R"("batch": [1, "full"])",
     "/run/batch/1: found \"full\", expected an integer from 1 to 1000000000"},
    {"FullBatchWithAMechanism", quadratic, R"("batch": 4)",
     R"("batch": "full", "mechanism": {"kind": "dropout", "keep": "1/2"})",
     "/run/mechanism: found {\"kind\": \"dropout\", \"keep\": \"1/2\"}, expected no mechanism "
     "here, as the batch is \"full\""},

    // ---- no JSON ----
    {"EmptyFile", nullptr, "", "",
     "line 1, column 1: found the end, expected JSON (unexpected end of input; expected '[', '{', "
     "or a literal)"},
    {"OnlyBlanks", nullptr, "", " \n ",
     "line 2, column 2: found the end, expected JSON (unexpected end of input; expected '[', '{', "
     "or a literal)"},
    {"CutShort", glm, R"("iterations": 0 } })", R"("iterations": 0)",
     "line 5, column 1: found the end, expected JSON (unexpected end of input; expected '}')"},
    {"TrailingGarbage", glm, R"("iterations": 0 } })", R"("iterations": 0 } } x)",
     "line 4, column 72: found x, expected JSON (invalid literal; expected end of input)"},
    {"TwoDocuments", nullptr, "", "{} {}",
     "line 1, column 4: found {, expected JSON (unexpected '{'; expected end of input)"},
    {"TrailingComma", glm, "[3, 4]]", "[3, 4],]",
     "line 3, column 40: found ], expected JSON (unexpected ']'; expected '[', '{', or a literal)"},
    {"SingleQuotes", glm, R"("loss")", "'loss'",
     "line 2, column 49: found ', expected JSON (invalid literal; expected string literal)"},
    {"Comment", glm, R"("tau")", R"(/* τ */ "tau")",
     "line 2, column 66: found /, expected JSON (invalid literal; expected string literal)"},
    {"NaN", quadratic, R"("batch": 4)", R"("batch": NaN)",
     "line 7, column 57: found NaN, expected JSON (invalid literal)"},
    {"Infinity", glm, R"("step": 1)", R"("step": -Infinity)",
     "line 4, column 37: found -Infinity, expected JSON (invalid number; expected digit after "
     "'-')"},
    {"LeadingZero", glm, R"("step": 1)", R"("step": 01)",
     "line 4, column 37: found 01, expected JSON (unexpected number literal; expected '}')"},
    {"NumberBeyondEveryDecimal", glm, R"("step": 1)", R"("step": 1e99999)",
     "line 4, column 37: found 1e99999, expected a smaller number, or this one in quotes"},
    {"NotUtf8", quadratic, "A good file",
     "A b\xE4"
     "d file",
     R"(line 2, column 17: found "A b�d, expected JSON (invalid string: ill-formed UTF-8 byte))"},
    {"LineBreakInString", quadratic, "A good file", "A\nbad file",
     R"(line 2, column 14: found "A<U+000A>, expected JSON (invalid string: control character )"
     R"(U+000A (LF) must be escaped to \u000A or \n))"},
    {"DeepNesting", glm, R"("step": 1)",
     "\"step\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]",
     "/run/step/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/"
     "0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0: found arrays and objects nested more than 64 deep, "
     "expected less nesting"},
    {"DuplicateKey", glm, R"("loss": "huber")", R"("loss": "huber", "loss": "sine")",
     "/problem: found the key \"loss\" twice, expected each key once"},

    // ---- the whole ----
    {"AnArray", nullptr, "", "[1, 2]",
     R"(top level: found [1, 2], expected an object with "format", "problem" and "run")"},
    {"ANumber", nullptr, "", "0.5",
     R"(top level: found 0.5, expected an object with "format", "problem" and "run")"},
    {"NoFormat", nullptr, "", "{}", "/format: found nothing, expected this key, which is required"},
    {"OtherFormat", glm, "instance/1", "instance/2",
     R"(/format: found "graddiv-instance/2", expected "graddiv-instance/1")"},
    {"NoProblem", nullptr, "", R"({"format": "graddiv-instance/1"})",
     "/problem: found nothing, expected this key, which is required"},
    {"NoRun", nullptr, "",
     R"({"format": "graddiv-instance/1",
         "problem": {"family": "linear", "dimension": 1, "functions": [{"a": [1]}]}})",
     "/run: found nothing, expected this key, which is required"},
    {"UnknownKeyAtTop", glm, R"("run": {)", R"("engine": "moments", "run": {)",
     R"(/engine: found an unknown key, expected only "format", "title", "comment", "problem", )"
     R"("run" or "neighbour")"},
    {"TitleIsANumber", quadratic, R"("A good file")", "1.5",
     "/title: found 1.5, expected a string"},

    // ---- problem ----
    {"ProblemIsNull", nullptr, "", R"({"format": "graddiv-instance/1", "problem": null})",
     R"(/problem: found null, expected an object {"family": …})"},
    {"NoFamily", linear, R"("family": "linear", )", "",
     "/problem/family: found nothing, expected this key, which is required"},
    {"UnknownFamily", linear, R"("family": "linear")", R"("family": "cubic")",
     R"(/problem/family: found "cubic", expected "quadratic", "linear", "least-squares", )"
     R"("glm", "max-affine", "random-rows" or "sum")"},
    {"FamilyIsANumber", linear, R"("family": "linear")", R"("family": 1)",
     R"(/problem/family: found 1, expected "quadratic", "linear", "least-squares", )"
     R"("glm", "max-affine", "random-rows" or "sum")"},
    {"UnknownKeyInProblem", linear, R"("family": "linear")", R"("family": "linear", "rows": [[1]])",
     R"(/problem/rows: found an unknown key, expected only "family", "domain", )"
     R"("regularization", "dimension" or )"
     R"("functions")"},
    {"NoDimension", linear, R"("dimension": 1, )", "",
     "/problem/dimension: found nothing, expected this key, which is required"},
    {"DimensionZero", linear, R"("dimension": 1)", R"("dimension": 0)",
     "/problem/dimension: found 0, expected an integer from 1 to 10000"},
    {"DimensionHuge", linear, R"("dimension": 1)", R"("dimension": 4294967297)",
     "/problem/dimension: found 4294967297, expected an integer from 1 to 10000"},
    {"DimensionFraction", linear, R"("dimension": 1)", R"("dimension": 1.5)",
     "/problem/dimension: found 1.5, expected an integer from 1 to 10000"},

    // ---- quadratic ----
    {"NoFunctions", quadratic,
     R"([ { "A": [["2","0"],["0","1/3"]], "c": ["1","-1/2"], "offset": "0" },
                              { "A": [[1, 5], [5, 1]], "c": [0, 0] } ])",
     "[]",
     R"(/problem/functions: found [], expected an array of at least one function {"A": …, "c": )"
     R"(…})"},
    {"FunctionsIsAnObject", linear, R"([ { "a": [1], "offset": 0 } ])", R"({ "a": [1] })",
     R"(/problem/functions: found {"a": [1]}, expected an array of at least one function {"a": )"
     R"(…})"},
    {"FunctionIsANumber", linear, R"({ "a": [1], "offset": 0 })", "7",
     "/problem/functions/0: found 7, expected an object"},
    {"UnknownKeyInFunction", quadratic, R"("offset")", R"("b")",
     R"(/problem/functions/0/b: found an unknown key, expected only "A", "c" or "offset")"},
    {"NoMatrix", quadratic, R"("A": [["2","0"],["0","1/3"]], )", "",
     "/problem/functions/0/A: found nothing, expected this key, which is required"},
    {"NoCentre", quadratic, R"(, "c": [0, 0])", "",
     "/problem/functions/1/c: found nothing, expected this key, which is required"},
    {"NotSymmetric", quadratic, "[5, 1]", R"(["1/2", 1])",
     "/problem/functions/1/A/1/0: found \"1/2\", expected 5 as in row 0, column 1, since A must be "
     "symmetric"},
    {"NotSquare", quadratic, "[[1, 5], [5, 1]]", "[[1, 5]]",
     "/problem/functions/1/A: found [[1, 5]], expected an array of 2 rows"},
    {"RaggedMatrix", quadratic, "[5, 1]", "[5, 1, 1]",
     "/problem/functions/1/A/1: found [5, 1, 1], expected an array of 2 numbers"},
    {"MatrixOfNumbers", quadratic, "[[1, 5], [5, 1]]", "[1, 1]",
     "/problem/functions/1/A/0: found 1, expected an array of 2 numbers"},
    {"CentreTooShort", quadratic, "[0, 0]", "[0]",
     "/problem/functions/1/c: found [0], expected an array of 2 numbers"},

    // ---- numbers ----
    {"ZeroDenominator", quadratic, R"("1/3")", R"("1/0")",
     R"(/problem/functions/0/A/1/1: found "1/0", expected )" NUMBER},
    {"NaNInQuotes", quadratic, R"("-1/2")", R"("NaN")",
     R"(/problem/functions/0/c/1: found "NaN", expected )" NUMBER},
    {"InfinityInQuotes", quadratic, R"("-1/2")", R"("inf")",
     R"(/problem/functions/0/c/1: found "inf", expected )" NUMBER},
    {"BlankInNumber", quadratic, R"("-1/2")", R"("-1 /2")",
     R"(/problem/functions/0/c/1: found "-1 /2", expected )" NUMBER},
    {"EmptyNumber", quadratic, R"("offset": "0")", R"("offset": "")",
     R"(/problem/functions/0/offset: found "", expected )" NUMBER},
    {"HexadecimalNumber", quadratic, R"("offset": "0")", R"("offset": "0x10")",
     R"(/problem/functions/0/offset: found "0x10", expected )" NUMBER},
    {"HugeExponent", quadratic, R"("offset": "0")", R"("offset": "1e1000000000")",
     R"(/problem/functions/0/offset: found "1e1000000000", expected an exponent from -100000 to )"
     "100000"},
    {"HugeNegativeExponent", linear, R"("offset": 0)", R"("offset": 1e-999999999999999999999)",
     "/problem/functions/0/offset: found 1e-999999999999999999999, expected an exponent from "
     "-100000 to 100000"},
    {"Boolean", linear, R"("offset": 0)", R"("offset": true)",
     "/problem/functions/0/offset: found true, expected " NUMBER},
    {"Null", linear, R"("a": [1])", R"("a": [null])",
     "/problem/functions/0/a/0: found null, expected " NUMBER},
    {"LongValue", linear, R"("a": [1])",
     R"("a": )"
     R"(["12345678901234567890123456789012345678901234567890123456789012345678901234567890x"])",
     R"(/problem/functions/0/a/0: found )"
     R"("12345678901234567890123456789012345678901234567890123456789…, expected )" NUMBER},
    {"ControlCharacters", linear, R"("a": [1])", R"("a": ["\u001b[2J"])",
     R"(/problem/functions/0/a/0: found "\u001b[2J", expected )" NUMBER},

    // ---- rows and losses ----
    {"NoRows", glm, "[[1, 2], [3, 4]]", "[]",
     "/problem/rows: found [], expected an array of at least 1 row"},
    {"RowTooLong", glm, "[3, 4]]", "[3, 4, 5]]",
     "/problem/rows/1: found [3, 4, 5], expected an array of 2 numbers"},
    {"TooFewTargets", glm, "[1, -1]", "[1]",
     "/problem/targets: found [1], expected an array of 2 numbers"},
    {"NoTargets", glm, R"(, "targets": [1, -1])", "",
     "/problem/targets: found nothing, expected this key, which is required"},
    {"NoLoss", glm, R"("loss": "huber", )", "",
     "/problem/loss: found nothing, expected this key, which is required"},
    {"UnknownLoss", glm, R"("huber")", R"("hinge")",
     R"(/problem/loss: found "hinge", expected "squared", "huber", "geman-mcclure", "sine" or )"
     R"("logistic")"},
    {"HuberWithoutTau", glm, R"("tau": "1/2",)", "",
     "/problem/tau: found nothing, expected this key, which is required"},
    {"TauZero", glm, R"("tau": "1/2")", R"("tau": 0)",
     "/problem/tau: found 0, expected a number above 0"},
    {"TauOfAnotherLoss", glm, R"("huber")", R"("logistic")",
     "/problem/tau: found \"1/2\", expected no tau here: only the loss \"huber\" has one"},
    {"LossOfLeastSquares", glm, R"("glm")", R"("least-squares")",
     R"(/problem/loss: found an unknown key, expected only "family", "domain", )"
     R"("regularization", "dimension", )"
     R"("rows", "targets", "data" or "drawn")"},

    // ---- random-rows ----
    {"UnknownLaw", random_rows, R"("gaussian")", R"("cauchy")",
     R"(/problem/law: found "cauchy", expected "gaussian" or "rademacher")"},
    {"NoLaw", random_rows, R"("law": "gaussian", )", "",
     "/problem/law: found nothing, expected this key, which is required"},
    {"NoRandomRows", random_rows, R"("functions": 3)", R"("functions": 0)",
     "/problem/functions: found 0, expected an integer from 1 to 4096"},
    {"RowsAreListed", random_rows, R"("functions": 3)", R"("functions": [{"a": [1, 2]}])",
     R"(/problem/functions: found [{"a": [1, 2]}], expected an integer from 1 to 4096)"},
    {"TooManyRandomNumbers", random_rows, R"("functions": 3, "dimension": 2)",
     R"("functions": 300, "dimension": 219)",
     "/problem/dimension: found 219, expected at most 218, so that there are no more than 65536 "
     "random numbers"},
    {"SeedNegative", random_rows, R"("seed": 7)", R"("seed": -7)",
     "/problem/seed: found -7, expected an integer from 0 to 9223372036854775807"},
    {"SeedBeyond63Bits", random_rows, R"("seed": 7)", R"("seed": 9223372036854775808)",
     "/problem/seed: found 9223372036854775808, expected an integer from 0 to 9223372036854775807"},
    {"OffsetOfRandomRows", random_rows, R"("seed": 7)", R"("seed": 7, "offset": 1)",
     R"(/problem/offset: found an unknown key, expected only "family", "domain", )"
     R"("regularization", "law", )"
     R"("functions", "dimension" or "seed")"},

    {"MaximumWithoutFunctions", maximum,
     R"([ { "pieces": [ { "a": [1], "offset": 2 }, { "a": [-1] } ],
                                "curvature": [3] } ])",
     "[]",
     R"(/problem/functions: found [], expected an array of at least one function {"pieces": …})"},
    {"MaximumOfNothing", maximum, R"([ { "a": [1], "offset": 2 }, { "a": [-1] } ])", "[]",
     R"(/problem/functions/0/pieces: found [], expected an array of at least one piece {"a": …})"},
    {"PieceOfOtherDimension", maximum, R"({ "a": [-1] })", R"({ "a": [-1, 0] })",
     "/problem/functions/0/pieces/1/a: found [-1, 0], expected an array of 1 number"},
    {"UnknownKeyInPiece", maximum, R"("offset": 2)", R"("b": 2)",
     R"(/problem/functions/0/pieces/0/b: found an unknown key, expected only "a" or "offset")"},
    {"UnknownKeyInMaximum", maximum, R"("curvature": [3])", R"("weights": [3])",
     R"(/problem/functions/0/weights: found an unknown key, expected only "pieces" )"
     R"(or "curvature")"},
    {"CurvatureOfOtherDimension", maximum, R"("curvature": [3])", R"("curvature": [])",
     "/problem/functions/0/curvature: found [], expected an array of 1 number"},
    {"CurvatureNegative", maximum, R"("curvature": [3])", R"("curvature": ["-1/3"])",
     R"(/problem/functions/0/curvature/0: found "-1/3", expected a number at or above 0)"},

    // ---- domain ----
    {"DomainIsAString", linear, R"({ "kind": "ball", "center": [0], "radius": 1 })", R"("ball")",
     R"(/problem/domain: found "ball", expected an object {"kind": …})"},
    {"NoKind", linear, R"("kind": "ball", )", "",
     "/problem/domain/kind: found nothing, expected this key, which is required"},
    {"UnknownKind", linear, R"("kind": "ball")", R"("kind": "simplex")",
     R"(/problem/domain/kind: found "simplex", expected "all", "box", "ball" or "product")"},
    {"AllWithBounds", linear, R"("kind": "ball")", R"("kind": "all")",
     R"(/problem/domain/center: found an unknown key, expected only "kind")"},
    {"BoxWithRadius", quadratic, R"("kind": "box")", R"("kind": "box", "radius": 1)",
     R"(/problem/domain/radius: found an unknown key, expected only "kind", "lower" or "upper")"},
    {"ProductOfNothing", linear, R"({ "kind": "ball", "center": [0], "radius": 1 })",
     R"({ "kind": "product", "factors": [] })",
     "/problem/domain/factors: found [], expected an array of boxes and balls"},
    {"ProductOfAll", linear, R"({ "kind": "ball", "center": [0], "radius": 1 })",
     R"({ "kind": "product", "factors": [{ "kind": "all" }] })",
     R"(/problem/domain/factors/0/kind: found "all", expected "box" or "ball")"},
    {"ProductOfTooManyCoordinates", linear, R"({ "kind": "ball", "center": [0], "radius": 1 })",
     R"({ "kind": "product", "factors": [{ "kind": "box", "lower": [0], "upper": [1] },
          { "kind": "ball", "center": [0], "radius": 1 }] })",
     "/problem/domain/factors/1/center: found [0], expected no more coordinates: the factors have "
     "the 1 of the problem together"},
    {"ProductOfTooFewCoordinates", quadratic,
     R"("kind": "box", "lower": [-1, -1], "upper": ["2", "2"])",
     R"("kind": "product", "factors": [{ "kind": "box", "lower": [0], "upper": [1] }])",
     R"(/problem/domain/factors: found [{"kind": "box", "lower": [0], "upper": [1]}], expected )"
     "factors of dimension 2 together, not 1"},
    {"NegativeRadius", linear, R"("radius": 1)", R"("radius": "-1/2")",
     R"(/problem/domain/radius: found "-1/2", expected a number at or above 0)"},
    {"CentreOfOtherDimension", linear, R"("center": [0])", R"("center": [0, 0])",
     "/problem/domain/center: found [0, 0], expected an array of 1 number"},
    {"EmptyBox", quadratic, R"("lower": [-1, -1])", R"("lower": [-1, 2.5])",
     "/problem/domain/lower/1: found 2.5, expected at most 2, the upper bound of this coordinate"},
    {"BoxWithoutUpperBounds", quadratic, R"(, "upper": ["2", "2"])", "",
     "/problem/domain/upper: found nothing, expected this key, which is required"},

    // ---- run ----
    {"RunIsAnArray", glm, R"({ "start": [0, 0], "step": 1, "batch": 1, "iterations": 0 })", "[]",
     "/run: found [], expected an object"},
    {"UnknownKeyInRun", glm, R"("step": 1)", R"("step": 1, "gamma/2": 1)",
     R"(/run/gamma~12: found an unknown key, expected only "start", "step", "batch", )"
     R"("iterations" or "mechanism")"},
    {"NoStart", glm, R"("start": [0, 0], )", "",
     "/run/start: found nothing, expected this key, which is required"},
    {"StartOfOtherDimension", glm, R"("start": [0, 0])", R"("start": [0])",
     "/run/start: found [0], expected an array of 2 numbers"},
    {"NoStep", glm, R"("step": 1, )", "",
     "/run/step: found nothing, expected this key, which is required"},
    {"TooFewSteps", linear, R"("step": [1, 2])", R"("step": [1])",
     "/run/step: found [1], expected one value, or a list of 2 values, one for each iteration"},
    {"StepsForNoIteration", glm, R"("step": 1)", R"("step": [1])",
     "/run/step: found [1], expected one value, or a list of 0 values, one for each iteration"},
    {"StepIsNoNumber", linear, R"("step": [1, 2])", R"("step": [1, "two"])",
     R"(/run/step/1: found "two", expected )" NUMBER},
    {"BatchZero", quadratic, R"("batch": 4)", R"("batch": 0)",
     "/run/batch: found 0, expected an integer from 1 to 1000000000"},
    {"BatchNegativeInList", linear, R"("batch": [1, 2])", R"("batch": [1, -2])",
     "/run/batch/1: found -2, expected an integer from 1 to 1000000000"},
    {"BatchFraction", quadratic, R"("batch": 4)", R"("batch": "7/2")",
     R"(/run/batch: found "7/2", expected an integer from 1 to 1000000000)"},
    {"BatchTooLarge", quadratic, R"("batch": 4)", R"("batch": 1000000001)",
     "/run/batch: found 1000000001, expected an integer from 1 to 1000000000"},
    {"BatchBeyond64Bits", quadratic, R"("batch": 4)", R"("batch": 99999999999999999999)",
     "/run/batch: found 99999999999999999999, expected an integer from 1 to 1000000000"},
    {"TooManyBatches", linear, R"("batch": [1, 2])", R"("batch": [1, 2, 3])",
     "/run/batch: found [1, 2, 3], expected one value, or a list of 2 values, one for each "
     "iteration"},
    {"IterationsNegative", quadratic, R"("iterations": 3)", R"("iterations": -1)",
     "/run/iterations: found -1, expected an integer from 0 to 10000000"},
    {"IterationsTooMany", quadratic, R"("iterations": 3)", R"("iterations": 1e8)",
     "/run/iterations: found 1e8, expected an integer from 0 to 10000000"},
    {"IterationsAreText", quadratic, R"("iterations": 3)", R"("iterations": "many")",
     R"(/run/iterations: found "many", expected an integer from 0 to 10000000)"},

    // ---- /run/mechanism ----
    {"MechanismIsText", glm, R"("step": 1)", R"("step": 1, "mechanism": "dropout")",
     R"(/run/mechanism: found "dropout", expected an object with "kind")"},
    {"MechanismUnknown", glm, R"("step": 1)", R"("step": 1, "mechanism": {"kind": "magic"})",
     R"(/run/mechanism/kind: found "magic", expected "none", "dropout", "langevin" or )"
     R"("quantization")"},
    {"MechanismWithUnknownKey", glm, R"("step": 1)",
     R"("step": 1, "mechanism": {"kind": "dropout", "keep": 1, "p": 1})",
     R"(/run/mechanism/p: found an unknown key, expected only "kind", "keep" or "sharing")"},
    {"NoMechanismWithAParameter", glm, R"("step": 1)",
     R"("step": 1, "mechanism": {"kind": "none", "keep": 1})",
     R"(/run/mechanism/keep: found an unknown key, expected only "kind")"},
    {"DropoutKeepsNothing", glm, R"("step": 1)",
     R"("step": 1, "mechanism": {"kind": "dropout", "keep": 0})",
     "/run/mechanism/keep: found 0, expected a number above 0 and at most 1"},
    {"DropoutKeepsTooMuch", glm, R"("step": 1)",
     R"("step": 1, "mechanism": {"kind": "dropout", "keep": "3/2"})",
     R"(/run/mechanism/keep: found "3/2", expected a number above 0 and at most 1)"},
    {"LangevinVarianceNegative", glm, R"("step": 1)",
     R"("step": 1, "mechanism": {"kind": "langevin", "variance": -1})",
     "/run/mechanism/variance: found -1, expected a number that is not negative"},
    {"QuantizationWithoutLevels", glm, R"("step": 1)",
     R"("step": 1, "mechanism": {"kind": "quantization", "levels": 0})",
     "/run/mechanism/levels: found 0, expected an integer from 1 to 1000000"},
    {"SharingUnknown", glm, R"("step": 1)",
     R"("step": 1, "mechanism": {"kind": "langevin", "variance": 1, "sharing": "never"})",
     R"(/run/mechanism/sharing: found "never", expected "fresh" or "shared")"},

    // ---- neighbour ----
    {"NeighbourIsNull", linear, R"("problem": {)", R"("neighbour": null, "problem": {)",
     R"(/neighbour: found null, expected an object with "index" and "replacement")"},
    {"NeighbourWithoutIndex", neighbours, R"("index": 1, )", "",
     "/neighbour/index: found nothing, expected this key, which is required"},
    {"NeighbourBeyondTheLast", neighbours, R"("index": 1)", R"("index": 2)",
     "/neighbour/index: found 2, expected an integer from 0 to 1"},
    {"NeighbourBeforeTheFirst", neighbours, R"("index": 1)", R"("index": -1)",
     "/neighbour/index: found -1, expected an integer from 0 to 1"},
    {"UnknownKeyInNeighbour", neighbours, R"("index": 1)", R"("index": 1, "count": 2)",
     R"(/neighbour/count: found an unknown key, expected only "index" or "replacement")"},
    {"ReplacementOfTwoFunctions", neighbours, R"({ "a": [-1], "offset": 7 })",
     R"({ "a": [-1] }, { "a": [3] })",
     R"(/neighbour/replacement: found {"family": "linear", "dimension": 1, "functions": )"
     R"([{"a": [-1…, expected one function, in place of one of "problem", not 2)"},
    {"ReplacementOfAnotherFamily", neighbours,
     R"("linear", "dimension": 1, "functions": [ { "a": [-1], "offset": 7 } ])",
     R"("least-squares", "dimension": 1, "rows": [[1]], "targets": [0])",
     R"(/neighbour/replacement/family: found "least-squares", expected "linear", the family of )"
     R"("problem")"},
    {"ReplacementOfAnotherDimension", neighbours,
     R"("dimension": 1, "functions": [ { "a": [-1], "offset": 7 } ])",
     R"("dimension": 2, "functions": [ { "a": [1, 2] } ])",
     R"(/neighbour/replacement: found {"family": "linear", "dimension": 2, "functions": [{"a": )"
     R"([1,…, expected a function of dimension 1, as in "problem")"},
    {"ReplacementWithADomain", neighbours, R"("offset": 7 } ])",
     R"("offset": 7 } ], "domain": {"kind": "all"})",
     R"(/neighbour/replacement/domain: found {"kind": "all"}, expected no "domain" here: both )"
     R"(data sets have that of "problem")"},
    {"UnknownKeyInReplacement", neighbours, R"("offset": 7 } ])", R"("offset": 7 } ], "tau": 1)",
     R"(/neighbour/replacement/tau: found an unknown key, expected only "family", "domain", )"
     R"("regularization", )"
     R"("dimension" or "functions")"},
};

void PrintTo(const BadInstance& bad, std::ostream* out) { *out << bad.title; }

class BadInstanceFile : public testing::TestWithParam<BadInstance> {};

TEST_P(BadInstanceFile, IsRefusedWithItsMessage) {
  const BadInstance& bad = GetParam();
  std::string text = bad.replacement;
  if (bad.good != nullptr) {
    text = bad.good;
    const std::string passage = bad.passage;
    const std::size_t place = text.find(passage);
    ASSERT_NE(place, std::string::npos) << "the passage to replace is not there";
    ASSERT_EQ(text.find(passage, place + 1), std::string::npos) << "it is there twice";
    text.replace(place, passage.size(), bad.replacement);
  }
  try {
    read_instance(JsonReader::from_text(text, "bad.json"));
    FAIL() << "accepted:\n" << text;
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(), std::string("bad.json: ") + bad.message);
  }
}

INSTANTIATE_TEST_SUITE_P(All, BadInstanceFile, testing::ValuesIn(bad_instances),
                         [](const auto& row) { return std::string(row.param.title); });

// Whatever happens to a file, it is read or refused with an InputError; nothing else comes out.
TEST(DamagedInstanceFile, IsReadOrRefused) {
  std::mt19937 random(1);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  const std::string alphabet = "{}[]\",:.-+eE/0123456789 \n\\antu\x01\x80\xC3\xFF";
  int refused = 0;
  for (int trial = 0; trial < 3000; ++trial) {
    std::string text =
        std::array{quadratic, linear, glm, neighbours, maximum, random_rows}[below(6)];
    for (std::size_t damage = 1 + below(3); damage > 0; --damage) {
      const std::size_t place = below(text.size());
      const std::size_t length = std::min(below(4), text.size() - place);
      switch (below(3)) {
        case 0:
          text.erase(place, length + 1);
          break;
        case 1:
          text[place] = alphabet[below(alphabet.size())];
          break;
        default:
          text.insert(below(text.size()), text.substr(place, length));
      }
    }
    try {
      const Instance instance = read_instance(JsonReader::from_text(text, "damaged.json"));
      EXPECT_GE(instance.problem.size(), 1);
    } catch (const InputError& error) {
      ++refused;
      EXPECT_EQ(std::string(error.what()).rfind("damaged.json: ", 0), 0U);
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
  }
  EXPECT_GT(refused, 1000);
}

TEST(GoodInstanceFile, IsAccepted) {
  for (const char* text : {quadratic, linear, glm, neighbours, maximum, random_rows}) {
    EXPECT_NO_THROW(read_instance(JsonReader::from_text(text, "good.json")));
  }
}

}  // namespace
}  // namespace graddiv
