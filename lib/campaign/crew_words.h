#pragma once

// What a foreman and a helper say to each other: a letter, then the rest. Private to the crew.
namespace graddiv::crew_words {

inline constexpr char wanted = 'w';   ///< helper: so many tasks, and the plan: "4 1f03…"
inline constexpr char result = 'r';   ///< helper: what came of a task, or of several
inline constexpr char goodbye = 'g';  ///< helper
inline constexpr char task = 't';     ///< foreman
inline constexpr char no_more = 'n';  ///< foreman: in place of a task
inline constexpr char stop = 's';     ///< foreman: drop what was not begun

}  // namespace graddiv::crew_words
