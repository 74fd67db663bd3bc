#include "json/line_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "json/checksum.h"

namespace graddiv {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t digits = 32;  // of a checksum

std::string behind_checksum(std::string_view line) {
  return hexadecimal(checksum_of(line)) + ' ' + std::string(line) + '\n';
}

[[noreturn]] void fail(const fs::path& path, int error) {
  throw FileError(path.string() + ": cannot be written: " + std::strerror(error));
}

}  // namespace

LineJournal::LineJournal(fs::path path) : path_(std::move(path)) {
  const fs::path folder = path_.parent_path();
  std::error_code error;
  for (fs::path p = folder; !p.empty() && !fs::exists(p, error); p = p.parent_path()) {
    made_.push_back(p);
  }
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) {
    take_back_folders();
    throw FileError(folder.string() + ": cannot be made: " + error.message());
  }
  open();
  read();
  is_empty_ = lines_.empty();
}

LineJournal::~LineJournal() {
  std::error_code ignored;
  if (is_empty_ || is_given_up_) fs::remove(path_, ignored);
  if (is_empty_) take_back_folders();
  close(descriptor_);  // and with it the lock, which outlasts the name
}

void LineJournal::take_back_folders() {
  std::error_code error;  // something is in one
  for (const fs::path& folder : made_) fs::remove(folder, error);
}

void LineJournal::open() {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    const int reason = errno;
    take_back_folders();
    fail(path_, reason);
  }
  // A file system without locks has to do without.
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    close(descriptor_);
    throw FileError(path_.string() + ": is being written by another process");
  }
}

void LineJournal::read() {
  const std::string bytes = read_file(path_, "journal");
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = bytes.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const std::string_view line = std::string_view(bytes).substr(begin, end - begin);
    if (line.size() <= digits) continue;
    const std::string_view content = line.substr(digits + 1);
    if (line.substr(0, digits) == hexadecimal(checksum_of(content))) lines_.emplace_back(content);
  }
  if (lines_.empty() && !bytes.empty()) {
    close(descriptor_);
    throw InputError(path_.string() + ": found another file, expected a journal or none");
  }
  // What was added next would continue a line that was cut off.
  if (begin < bytes.size() && ftruncate(descriptor_, static_cast<off_t>(begin)) != 0) {
    fail(path_, errno);
  }
}

void LineJournal::add(std::string_view line) {
  const std::string bytes = behind_checksum(line);
  const off_t size = lseek(descriptor_, 0, SEEK_END);
  for (std::string_view left = bytes; !left.empty();) {
    const ssize_t count = write(descriptor_, left.data(), left.size());
    if (count < 0 && errno != EINTR) {
      const int reason = errno;
      if (ftruncate(descriptor_, size) != 0) fail(path_, errno);
      fail(path_, reason);
    }
    if (count > 0) left.remove_prefix(static_cast<std::size_t>(count));
  }
  is_empty_ = false;
}

}  // namespace graddiv
