#include "problem/data_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "json/print.h"
#include "linear/solve.h"
#include "problem/families.h"
#include "testing/data_files.h"

namespace graddiv {
namespace {

using namespace std::string_literals;

class DataRows : public DataFiles {
 protected:
  void SetUp() override {
    DataFiles::SetUp();
    write("rows", "1 1:0.1 3:-0.2\n2 2:5\n1 1:3\n3 3:1e-1\n");
    write("train-images-idx3-ubyte",
          "\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x02"s + "\1\2\3\4\xff\xff\xff\xff");
    write("train-labels-idx1-ubyte", "\0\0\x08\x01\0\0\0\x02\3\4"s);
    write("table", "x,class,z\n0.5,1,2\n0.25,-1,4\n");
  }
  /// The JSON that is written of a problem; an error, without_folder.
  std::string problem(const std::string& members) const {
    const std::string text = R"({"family": )" + members + "}";
    try {
      return to_json(
                 read_problem(JsonReader::from_text(text, (folder_ / "instance.json").string())))
          .dump();
    } catch (const InputError& e) {
      return without_folder(e.what());
    }
  }
  std::string least_squares_of(const std::string& data, const std::string& more = "") const {
    return problem(R"("least-squares", )" + more + R"("data": )" + data);
  }
};

std::string written(const std::string& dimension, const std::string& rows,
                    const std::string& targets) {
  return R"({"family":"least-squares","dimension":)" + dimension + R"(,"rows":)" + rows +
         R"(,"targets":)" + targets + R"(,"domain":{"kind":"all"}})";
}

TEST_F(DataRows, AreWrittenOut) {
  EXPECT_EQ(least_squares_of(R"({"file": "rows"})"),
            written("3", R"([["1/10","0","-1/5"],["0","5","0"],["3","0","0"],["0","0","1/10"]])",
                    R"(["1","2","1","3"])"));
}

TEST_F(DataRows, AreChosen) {
  EXPECT_EQ(least_squares_of(R"({"file": "rows", "rows": [2, 0], "columns": [2, 0],
                                 "scale": "1/2", "positive": [1]})"),
            written("2", R"([["0","3/2"],["-1/10","1/20"]])", R"(["1","1"])"));
  EXPECT_EQ(least_squares_of(R"({"file": "rows", "rows": {"first": 1, "count": 2}})"),
            written("3", R"([["0","5","0"],["3","0","0"]])", R"(["2","1"])"));
  EXPECT_EQ(least_squares_of(R"({"file": "rows", "rows": {"count": 4, "seed": 7},
                                 "positive": [2, "3"]})"),
            written("3", R"([["1/10","0","-1/5"],["0","5","0"],["3","0","0"],["0","0","1/10"]])",
                    R"(["-1","1","-1","1"])"));
  const std::string two = least_squares_of(R"({"file": "rows", "rows": {"count": 2, "seed": 1}})");
  EXPECT_EQ(two, least_squares_of(R"({"file": "rows", "rows": {"count": 2, "seed": 1}})"));
}

TEST_F(DataRows, AreOfTheDimensionGiven) {
  EXPECT_EQ(least_squares_of(R"({"file": "rows", "rows": [1]})", R"("dimension": 4, )"),
            written("4", R"([["0","5","0","0"]])", R"(["2"])"));
  EXPECT_EQ(
      least_squares_of(R"({"file": "rows", "rows": [1], "columns": [1]})", R"("dimension": 2, )"),
      "DIR/instance.json: /dimension: found 2, expected 1, the columns that \"data\" gives, "
      "or no such key");
}

TEST_F(DataRows, MayBeImagesAndTables) {
  EXPECT_EQ(least_squares_of(R"({"file": ".", "format": "idx", "pool": 2, "scale": "1/255",
                                 "positive": [4]})"),
            written("1", R"([["1/102"],["1"]])", R"(["-1","1"])"));
  for (const char* label : {R"("class")", R"("2")", "2"}) {
    EXPECT_EQ(least_squares_of(R"({"file": "table", "label": )"s + label + "}"),
              written("2", R"([["1/2","2"],["1/4","4"]])", R"(["1","-1"])"));
  }
}

TEST_F(DataRows, OfTheLogisticLossHaveTwoClasses) {
  const std::string glm = R"("glm", "loss": "logistic", "data": {"file": "rows")";
  EXPECT_NE(problem(glm + R"(, "rows": [0, 2]})").find(R"("targets":["1","1"])"),
            std::string::npos);
  EXPECT_NE(problem(glm + R"(, "positive": [1]})").find(R"("targets":["1","-1","1","-1"])"),
            std::string::npos);
  EXPECT_NE(problem(glm + "}").find("/data: found"), std::string::npos);
  EXPECT_NE(problem(glm + "}").find("expected labels 1 and -1 for the logistic loss, not 2; "
                                    "\"positive\": [2, …] lists those that become 1"),
            std::string::npos);
}

TEST_F(DataRows, SayWhatIsWrong) {
  const auto at = [&](const std::string& data) {
    return least_squares_of(data).substr("DIR/instance.json: /data"s.size());
  };
  EXPECT_EQ(at(R"({"file": "none"})"),
            "/file: found \"none\", expected data that can be read; DIR/none: found no such file, "
            "expected a data file");
  write("bad", "1 1:1\n1 1:x\n");
  EXPECT_EQ(at(R"({"file": "bad"})"),
            "/file: found \"bad\", expected data that can be read; DIR/bad:2:5: found \"x\", "
            "expected a number");
  write("deep", "1 1:1e-100001\n");
  EXPECT_EQ(at(R"({"file": "deep"})"),
            "/file: found \"deep\", expected data that can be read exactly; DIR/deep:1:5: found "
            "\"1e-100001\", expected an exponent from -100000 to 100000, to be read exactly");
  EXPECT_EQ(at(R"({"file": "rows", "rows": [0, 4]})"),
            "/rows/1: found 4, expected an integer from 0 to 3");
  EXPECT_EQ(at(R"({"file": "rows", "rows": []})"), "/rows: found [], expected one row at least");
  EXPECT_EQ(at(R"({"file": "rows", "rows": {"first": 2, "count": 3}})"),
            "/rows/count: found 3, expected an integer from 1 to 2");
  EXPECT_EQ(at(R"({"file": "rows", "rows": {"count": 5, "seed": 1}})"),
            "/rows/count: found 5, expected an integer from 1 to 4");
  EXPECT_EQ(at(R"({"file": "rows", "rows": {"first": 0, "count": 2, "seed": 1}})"),
            "/rows/first: found an unknown key, expected only \"count\" or \"seed\"");
  EXPECT_EQ(at(R"({"file": "rows", "rows": 3})"),
            "/rows: found 3, expected a list of rows, {\"first\": …, \"count\": …} or {\"count\": "
            "…, \"seed\": …}");
  EXPECT_EQ(at(R"({"file": "rows", "columns": [3]})"),
            "/columns/0: found 3, expected an integer from 0 to 2");
  EXPECT_EQ(at(R"({"file": "rows", "pool": 2})"),
            "/pool: found 2, expected no pool here: the rows are no images");
  EXPECT_EQ(at(R"({"file": ".", "pool": 3})"),
            "/pool: found 3, expected a number that divides the sides of images of 2 by 2 pixels");
  EXPECT_EQ(at(R"({"file": "rows", "positive": []})"),
            "/positive: found [], expected one label at least");
  // All labels of the file count, not those of the rows chosen alone.
  EXPECT_EQ(at(R"({"file": "rows", "rows": [0], "positive": [3, "5/2"]})"),
            "/positive/1: found \"5/2\", expected a label that an example has: 1, 2, 3");
  EXPECT_EQ(at(R"({"file": "table", "label": "class", "positive": [0]})"),
            "/positive/0: found 0, expected a label that an example has: -1, 1");
  EXPECT_EQ(at(R"({"file": ".", "format": "idx", "positive": [5]})"),
            "/positive/0: found 5, expected a label that an example has: 3, 4");
  EXPECT_EQ(at(R"({"file": "rows", "format": "arff"})"),
            "/format: found \"arff\", expected \"idx\", \"cifar10\", \"libsvm\" or \"csv\"");
  EXPECT_EQ(at(R"({"files": "rows"})").substr(0, 32), "/files: found an unknown key, ex");
  EXPECT_EQ(least_squares_of(R"({"file": "rows"})", R"("targets": [1], )"),
            "DIR/instance.json: /targets: found [1], expected no such key beside \"data\", which "
            "gives them");
}

TEST_F(DataRows, AreNotMoreThanExactArithmeticCanBear) {
  write("wide", "1 10001:1\n");
  EXPECT_NE(least_squares_of(R"({"file": "wide"})")
                .find("expected at most 10000 columns and 4000000 numbers, not 1 row of 10001; "
                      "\"rows\", \"columns\" and \"pool\" choose"),
            std::string::npos);
  EXPECT_EQ(least_squares_of(R"({"file": "wide", "columns": [10000, 0]})"),
            written("2", R"([["1","0"]])", R"(["1"])"));
  std::string many;
  for (int i = 0; i < 401; ++i) many += "1 10000:1\n";
  write("many", many);
  EXPECT_NE(least_squares_of(R"({"file": "many"})").find("not 401 rows of 10000"),
            std::string::npos);
}

/// A problem of drawn rows, as its file has it.
std::string drawn(const std::string& dimension, const std::string& rows,
                  const std::string& more = "") {
  return R"("least-squares", "dimension": )" + dimension + R"(, "drawn": )" + rows + more;
}

TEST_F(DataRows, AreDrawnAndWrittenInFewWords) {
  const std::string rows = R"({"functions": 4, "seed": 7, "targets": "numbers"})";
  EXPECT_EQ(problem(drawn("2", rows)),
            R"({"family":"least-squares","dimension":2,)"
            R"("drawn":{"functions":4,"seed":7,"targets":"numbers"},"domain":{"kind":"all"}})");
  const LabelledExactRows once = draw_rows({4, 2, 7});
  EXPECT_EQ(once.X, draw_rows({4, 2, 7}).X);
  EXPECT_EQ(once.y, draw_rows({4, 2, 7}).y);
  EXPECT_NE(once.X, draw_rows({4, 2, 8}).X);
  // The first rows are those of fewer.
  EXPECT_EQ(draw_rows({9, 2, 7}).X.topRows(4), once.X);
}

// The numbers themselves: whoever has a seed has the instance, on every machine.
TEST_F(DataRows, AreDrawnByPhilox) {
  const LabelledExactRows rows = draw_rows({2, 2, 1});
  EXPECT_EQ(graddiv::to_json(rows.X).dump(),
            R"([["-429/512","-89/1024"],["-145/128","353/1024"]])");
  EXPECT_EQ(graddiv::to_json(rows.y).dump(), R"(["279067/262144","941145/524288"])");
}

TEST_F(DataRows, AreDrawnWithLengthsOfAboutOneAndTargetsOfAPlantedModel) {
  for (const int d : {1, 3, 10, 300}) {
    const LabelledExactRows rows = draw_rows({2000, d, 1, DrawnRows::Targets::classes});
    const Matrix<double> X = to_double(rows.X);
    EXPECT_NEAR(X.rowwise().squaredNorm().mean(), 1, 0.05) << d;
    EXPECT_LE(X.cwiseAbs().maxCoeff(), std::sqrt(3.0 / d));
    EXPECT_NEAR(X.mean(), 0, 0.05);
    const Vector<double> y = to_double(rows.y);
    EXPECT_EQ((y.array().abs() == 1).count(), 2000);
    const LabelledExactRows numbers = draw_rows({2000, d, 1});
    EXPECT_EQ(numbers.X, rows.X);
    for (Eigen::Index i = 0; i < 20; ++i) EXPECT_EQ(numbers.y(i) < 0, rows.y(i) < 0);
    if (d > 10) continue;
    // What is left by the best linear model is u_i/2, of variance 1/(4d).
    const Vector<double> z = to_double(numbers.y);
    const Vector<double> v = least_squares_solve<double>(X.transpose() * X, X.transpose() * z);
    EXPECT_NEAR((X * v - z).squaredNorm() / 2000 * d, 0.25, 0.025) << d;
  }
}

TEST_F(DataRows, ThatAreDrawnHaveErrorsOfTheirOwn) {
  EXPECT_EQ(problem(drawn("2", R"({"functions": 0, "seed": 7, "targets": "numbers"})")),
            "DIR/instance.json: /drawn/functions: found 0, expected an integer from 1 to 2000000");
  EXPECT_EQ(
      problem(drawn("2", R"({"functions": 2000001, "seed": 7, "targets": "numbers"})")),
      "DIR/instance.json: /drawn/functions: found 2000001, expected an integer from 1 to 2000000");
  EXPECT_EQ(
      problem(drawn("2", R"({"functions": 2, "seed": 7, "targets": "signs"})")),
      "DIR/instance.json: /drawn/targets: found \"signs\", expected \"numbers\" or \"classes\"");
  EXPECT_EQ(problem(drawn("2", R"({"functions": 2, "seed": 7, "targets": "numbers"})",
                          R"(, "targets": ["1", "2"])")),
            "DIR/instance.json: /targets: found [\"1\", \"2\"], expected no such key beside "
            "\"drawn\", which gives them");
  EXPECT_EQ(
      problem(drawn("2", "3")),
      "DIR/instance.json: /drawn: found 3, expected an object {\"functions\": …, \"seed\": …, "
      "\"targets\": …}");
}

}  // namespace
}  // namespace graddiv
