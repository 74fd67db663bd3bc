#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "json/file.h"

namespace graddiv {

/// A file of lines that grows a line at a time, which a process that may be killed at any moment
/// goes on from. Each line stands behind its checksum: one that was cut off or damaged counts as
/// none. When add() returns, no end of this process can take the line away. A line reaches the disk
/// when the system puts it there: a loss of power may cost the last ones, and nothing else.
///
/// One process at a time has it. A file to which nothing was ever added is taken away again, with
/// the folders that were made for it.
class LineJournal {
 public:
  /// Opens or makes the file and the folders above it. Throws FileError where it cannot be written
  /// or another process has it, and InputError where a file stands there without a sound line;
  /// then all is as it was before.
  explicit LineJournal(std::filesystem::path path);
  ~LineJournal();
  LineJournal(const LineJournal&) = delete;
  LineJournal& operator=(const LineJournal&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// The sound lines that stood there when it was opened, in their order.
  const std::vector<std::string>& lines() const { return lines_; }
  bool is_empty() const { return is_empty_; }  ///< without a sound line, old or new
  /// A line without a line feed. Throws FileError, and the file is as it was.
  void add(std::string_view line);
  /// Nothing in it is needed any more: at the end it is taken away.
  void give_up() { is_given_up_ = true; }

 private:
  void open();
  void read();
  void take_back_folders();

  std::filesystem::path path_;
  std::vector<std::filesystem::path> made_;  ///< folders, the innermost first
  std::vector<std::string> lines_;
  int descriptor_ = -1;
  bool is_empty_ = true;
  bool is_given_up_ = false;
};

}  // namespace graddiv
