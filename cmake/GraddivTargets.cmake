# A room is a folder of sources with its unit tests beside them. Both functions read the folders
# again at every build, so a new file is picked up without an edit here.

# graddiv_compile_together(<target> [BY_FOLDER])
#
# Several files at a time: file after file instantiates the same templates over exact numbers, and a
# clean build takes less than half the time when they do so once. Six in the order of their names,
# or BY_FOLDER up to fourteen of one folder: then a new file changes what its own folder compiles,
# and nothing else. Names in anonymous namespaces must differ within such a target; the theorems,
# which call their parts by the same names, have a namespace each.
function(graddiv_compile_together target)
  cmake_parse_arguments(PARSE_ARGV 1 together "BY_FOLDER" "" "")
  if(NOT GRADDIV_COMPILE_TOGETHER)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
  if(together_BY_FOLDER)
    graddiv_group_by_folder(${target} 14)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A class with a member of a type that only its own file knows: g++ takes that file for a header
    # here, because another one includes it.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  else()
    # What one file keeps to itself is no outer scope of the next one; each by itself is compiled
    # with this warning (the preset `apart`).
    target_compile_options(${target} PRIVATE -Wno-shadow)
  endif()
endfunction()

# The files of each folder in as few groups of about one size as `most` files a group allow.
function(graddiv_group_by_folder target most)
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  set(folders)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(GET folder FILENAME folder)
    list(APPEND folders ${folder})
    list(APPEND files_of_${folder} ${source})
  endforeach()
  list(REMOVE_DUPLICATES folders)
  foreach(folder IN LISTS folders)
    list(LENGTH files_of_${folder} count)
    math(EXPR groups "(${count} + ${most} - 1) / ${most}")
    math(EXPR size "(${count} + ${groups} - 1) / ${groups}")
    set(number 0)
    foreach(source IN LISTS files_of_${folder})
      math(EXPR group "${number} / ${size}")
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${target}_${folder}_${group})
      math(EXPR number "${number} + 1")
    endforeach()
  endforeach()
endfunction()

# graddiv_embed(<target> <namespace> <function> <file>...): builds files into the target, behind a
# function that gives them as std::span<const EmbeddedFile> (lib/json/embedded_file.h).
function(graddiv_embed target namespace function)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed.cmake)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D NAMESPACE=${namespace} -D FUNCTION=${function}
            -D OUTPUT=${output} -P ${script} -- ${ARGN}
    DEPENDS ${ARGN} ${script}
    COMMENT "Embedding files: ${function}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
  set_source_files_properties(${output} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()

# graddiv_room(<name> [FOLDERS <folder>...] [INCLUDE_ROOT <folder>]
#              [PUBLIC <library>...] [PRIVATE <library>...] [THIN] [UNITY])
#
# The static library <name>, also graddiv::<name without "graddiv_">, from every source in this
# folder and the FOLDERS below it that is neither a test nor main.cpp. The headers are public and
# included relative to INCLUDE_ROOT (default: the root of the repository).
# THIN rooms say what is to be computed and compute nothing themselves: with -O1 they compile in half
# the time.
# UNITY rooms are compiled many files at a time, see graddiv_compile_together.
# A room without sources yet is an interface library, so that those below it still link.
function(graddiv_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "THIN;UNITY" "INCLUDE_ROOT" "FOLDERS;PUBLIC;PRIVATE")
  if(NOT room_INCLUDE_ROOT)
    set(room_INCLUDE_ROOT ${PROJECT_SOURCE_DIR})
  endif()
  list(TRANSFORM room_FOLDERS APPEND /*.cpp OUTPUT_VARIABLE source_globs)
  list(TRANSFORM room_FOLDERS APPEND /*.h OUTPUT_VARIABLE header_globs)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp ${source_globs})
  file(GLOB headers CONFIGURE_DEPENDS *.h ${header_globs})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
  list(FILTER headers EXCLUDE REGEX "_test\\.h$")

  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC ${room_PUBLIC} PRIVATE ${room_PRIVATE})
    if(room_UNITY)
      graddiv_compile_together(${name} BY_FOLDER)
    endif()
    if(room_THIN)
      target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    endif()
    set(scope PUBLIC)
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${room_PUBLIC})
    set(scope INTERFACE)
  endif()
  target_compile_features(${name} ${scope} cxx_std_20)
  target_sources(${name} ${scope}
    FILE_SET HEADERS BASE_DIRS ${room_INCLUDE_ROOT} FILES ${headers})

  string(REGEX REPLACE "^graddiv_" "" short_name ${name})
  add_library(graddiv::${short_name} ALIAS ${name})
  set_target_properties(${name} PROPERTIES EXPORT_NAME ${short_name})
endfunction()

# The numbers and Eigen cost 4 s in every file: parsed once, for all rooms that see them. No header
# that defines objects of its own may join them: every file would compile those again (CLI11: 5 s).
file(CONFIGURE OUTPUT headers.cpp CONTENT "")
add_library(graddiv_headers OBJECT ${CMAKE_CURRENT_BINARY_DIR}/headers.cpp)
target_link_libraries(graddiv_headers PRIVATE
  Boost::headers Eigen3::Eigen MPFI::MPFI nlohmann_json::nlohmann_json)
target_precompile_headers(graddiv_headers PRIVATE
  <Eigen/Core> <boost/multiprecision/eigen.hpp> <boost/multiprecision/gmp.hpp>
  <boost/multiprecision/mpfi.hpp> <nlohmann/json.hpp>)

# graddiv_test(<executable> LABEL <label> FILES <glob>... [EXCLUDE <regex>] LINK <library>...
#              [SINGLE] [TIMEOUT <seconds>])
#
# One GoogleTest executable whose tests ctest lists one by one, under the label. Nothing is made
# when no file matches. Its files are compiled together unless SINGLE is given. A test that takes
# longer than TIMEOUT (ten minutes) fails.
function(graddiv_test executable)
  if(NOT GRADDIV_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 test "SINGLE" "LABEL;EXCLUDE;TIMEOUT" "FILES;LINK")
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 600)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${test_FILES})
  if(test_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX ${test_EXCLUDE})
  endif()
  if(NOT sources)
    return()
  endif()

  add_executable(${executable} ${sources})
  if(NOT test_SINGLE)
    graddiv_compile_together(${executable})
  endif()
  target_link_libraries(${executable} PRIVATE ${test_LINK} graddiv_test_main)
  target_precompile_headers(${executable} REUSE_FROM graddiv_test_headers)
  target_compile_options(${executable} PRIVATE ${GRADDIV_TEST_OPTIONS})
  # PRE_TEST: the build does not run the tests' code, so it cannot fail or hang because of them.
  gtest_discover_tests(${executable}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    # One seed, so that what passes once passes again; RC_PARAMS="seed=…" in the environment wins.
    PROPERTIES LABELS ${test_LABEL} TIMEOUT ${test_TIMEOUT}
      ENVIRONMENT_MODIFICATION "RC_PARAMS=string_prepend:seed=1 ")
endfunction()

# The tests' own code is templates over templates and takes no time to run: compiling it without
# optimization halves the build. What it tests is optimized as usual.
set(GRADDIV_TEST_OPTIONS $<$<CONFIG:Release>:-O0>)

if(GRADDIV_BUILD_TESTS)
  include(GoogleTest)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  add_library(graddiv_test_main INTERFACE)
  target_link_libraries(graddiv_test_main INTERFACE GTest::gtest_main rapidcheck_gtest)

  # GoogleTest, RapidCheck, the numbers and Eigen cost 7 s in every test file: compiled once, for
  # all of them. GoogleTest comes first because rapidcheck/gtest.h needs it.
  file(CONFIGURE OUTPUT test_headers.cpp CONTENT "")
  add_library(graddiv_test_headers OBJECT ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp)
  target_link_libraries(graddiv_test_headers PRIVATE
    graddiv_test_main Boost::headers Eigen3::Eigen MPFI::MPFI nlohmann_json::nlohmann_json)
  target_compile_options(graddiv_test_headers PRIVATE ${GRADDIV_TEST_OPTIONS})
  target_precompile_headers(graddiv_test_headers PRIVATE
    <gtest/gtest.h> <rapidcheck.h> <rapidcheck/gtest.h>
    <Eigen/Core> <boost/multiprecision/eigen.hpp> <boost/multiprecision/gmp.hpp>
    <boost/multiprecision/mpfi.hpp> <nlohmann/json.hpp>)
endif()
