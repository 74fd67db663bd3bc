# cmake -D SOURCE_DIR=… -D OUTPUT=… -P write_commit.cmake
set(commit unknown)
find_package(Git QUIET)
# Asking only where SOURCE_DIR itself is a checkout: an unpacked archive may lie inside another one.
if(GIT_FOUND AND EXISTS ${SOURCE_DIR}/.git)
  execute_process(
    COMMAND ${GIT_EXECUTABLE} -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(described)
    set(commit ${described})
  endif()
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/graddiv_version.cpp.in ${OUTPUT} @ONLY)
