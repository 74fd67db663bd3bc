#include "workbench/junit.h"

#include <utf8.h>

#include <algorithm>
#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <iterator>
#include <sstream>
#include <utility>

namespace graddiv::workbench {

namespace {

using boost::property_tree::ptree;

/// What XML 1.0 can say: its characters are those of Unicode without most controls.
std::string in_xml(const std::string& text) {
  std::string valid;
  utf8::replace_invalid(text.begin(), text.end(), std::back_inserter(valid));
  std::string written;
  for (auto at = valid.begin(); at != valid.end();) {
    const char32_t c = utf8::next(at, valid.end());
    const bool is_control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    constexpr char32_t replacement = 0xfffd;
    utf8::append(is_control || c == 0xfffe || c == 0xffff ? replacement : c,
                 std::back_inserter(written));
  }
  return written;
}

void set(ptree& element, const std::string& attribute, const std::string& value) {
  element.put("<xmlattr>." + attribute, in_xml(value));
}

struct Kind {
  Subject::Kind kind;
  const char* suite;
};
constexpr Kind kinds[] = {
    {Subject::Kind::campaign, "campaign"}, {Subject::Kind::theorem, "theorems"},
    {Subject::Kind::mutant, "mutants"},    {Subject::Kind::law, "laws"},
    {Subject::Kind::gallery, "gallery"},   {Subject::Kind::figure, "figures"}};

std::string name_of(const Subject& subject) {
  if (subject.kind == Subject::Kind::campaign) return "campaign";
  return subject.name.empty() ? subject.of : subject.of + "/" + subject.name;
}

struct TestCase {
  ptree element;
  bool failed = false;
};

TestCase test_case(const Subject& subject, const std::string& suite,
                   const std::vector<Change>& changes) {
  std::string worse;
  std::string else_changed;
  std::string first;
  int count = 0;
  for (const Change& change : changes) {
    if (change.about != subject) continue;
    if (change.trend != Trend::worse) {
      else_changed += change.what + (change.trend == Trend::better ? " (better)\n" : "\n");
      continue;
    }
    if (count++ == 0) first = change.what;
    worse += change.what + "\n";
  }
  TestCase test;
  set(test.element, "classname", "graddiv." + suite);
  set(test.element, "name", name_of(subject));
  set(test.element, "time", "0");  // some readers want one; stores know none
  if (count > 0) {
    ptree failure(in_xml(worse));
    set(failure, "message",
        count == 1 ? first : first + ", and " + std::to_string(count - 1) + " more");
    set(failure, "type", "worse");
    test.element.add_child("failure", failure);
    test.failed = true;
  }
  if (!else_changed.empty()) test.element.add("system-out", in_xml(else_changed));
  return test;
}

void set_counts(ptree& element, int tests, int failures) {
  set(element, "tests", std::to_string(tests));
  set(element, "failures", std::to_string(failures));
  set(element, "errors", "0");
  set(element, "time", "0");
}

}  // namespace

std::string junit(const std::vector<Subject>& subjects, const std::vector<Change>& changes,
                  const std::string& before, const std::string& after) {
  std::vector<ptree> suites;
  int tests = 0;
  int failures = 0;
  for (const auto& [kind, name] : kinds) {
    std::vector<TestCase> cases;
    for (const Subject& subject : subjects)
      if (subject.kind == kind) cases.push_back(test_case(subject, name, changes));
    if (cases.empty()) continue;
    const auto failed = static_cast<int>(std::ranges::count_if(cases, &TestCase::failed));
    ptree& suite = suites.emplace_back();
    set(suite, "name", std::string("graddiv.") + name);
    set_counts(suite, static_cast<int>(cases.size()), failed);
    for (const TestCase& test : cases) suite.add_child("testcase", test.element);
    tests += static_cast<int>(cases.size());
    failures += failed;
  }
  ptree root;
  ptree& all = root.add("testsuites", "");
  set(all, "name", "graddiv diff " + before + " " + after);
  set_counts(all, tests, failures);
  for (const ptree& suite : suites) all.add_child("testsuite", suite);
  std::ostringstream text;
  boost::property_tree::write_xml(
      text, root, boost::property_tree::xml_writer_make_settings<std::string>(' ', 2));
  return text.str();
}

}  // namespace graddiv::workbench
