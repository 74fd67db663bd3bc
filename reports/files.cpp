#include "reports/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

namespace graddiv::reports {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

/// A file that is removed unless it was kept.
class Draft {
 public:
  explicit Draft(const fs::path& target) {
    name_ = target.string() + ".XXXXXX";
    descriptor_ = mkstemp(name_.data());
    if (descriptor_ < 0) fail(target);
  }
  ~Draft() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!kept_) unlink(name_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(const std::string& bytes) const {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t count = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
      if (count < 0 && errno != EINTR) fail(name_);
      if (count > 0) done += static_cast<std::size_t>(count);
    }
  }

  /// mkstemp() keeps others out; the finished file is as open as any other the user makes.
  void keep_as(const fs::path& target) {
    const mode_t mask = umask(0);
    umask(mask);
    if (fchmod(descriptor_, 0666 & ~mask) != 0 || fsync(descriptor_) != 0) fail(target);
    if (rename(name_.c_str(), target.c_str()) != 0) fail(target);
    kept_ = true;
  }

 private:
  std::string name_;
  int descriptor_ = -1;
  bool kept_ = false;
};

}  // namespace

std::string read_file(const fs::path& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    if (in && fs::file_size(path) == 0) return {};
    fail(path);
  }
  return text.str();
}

void write_file(const fs::path& path, const std::string& bytes) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.close();
  if (!out) fail(path);
}

void write_whole(const fs::path& path, const std::string& bytes) {
  Draft draft(path);
  draft.write(bytes);
  draft.keep_as(path);
}

}  // namespace graddiv::reports
