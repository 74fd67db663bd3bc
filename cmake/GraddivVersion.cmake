# The library graddiv::version tells the code its version, its source folder and the commit it was
# built from. The commit is read at every build but written only when it changed: a new commit
# recompiles one generated file and nothing else.
set(generated ${PROJECT_BINARY_DIR}/generated)
configure_file(cmake/graddiv_version.h.in ${generated}/graddiv_version.h)
add_custom_target(graddiv_commit
  COMMAND ${CMAKE_COMMAND}
    -D SOURCE_DIR=${PROJECT_SOURCE_DIR} -D OUTPUT=${generated}/graddiv_version.cpp
    -P ${PROJECT_SOURCE_DIR}/cmake/write_commit.cmake
  BYPRODUCTS ${generated}/graddiv_version.cpp
  COMMENT "Reading the commit" VERBATIM)

add_library(graddiv_version STATIC ${generated}/graddiv_version.cpp)
add_library(graddiv::version ALIAS graddiv_version)
set_target_properties(graddiv_version PROPERTIES EXPORT_NAME version)
add_dependencies(graddiv_version graddiv_commit)
target_compile_features(graddiv_version PUBLIC cxx_std_20)
target_sources(graddiv_version
  PUBLIC FILE_SET HEADERS BASE_DIRS ${generated} FILES ${generated}/graddiv_version.h)
