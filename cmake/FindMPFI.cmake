# MPFI with the libraries below it, MPFR and GMP (with its C++ streams): MPFI::MPFI.
# Of the four only two ship a pkg-config file and none a CMake package.
include(FindPackageHandleStandardArgs)

find_path(MPFI_INCLUDE_DIR mpfi.h)
set(_mpfi_variables MPFI_INCLUDE_DIR)
foreach(_library mpfi mpfr gmpxx gmp)
  string(TOUPPER ${_library}_LIBRARY _variable)
  find_library(${_variable} ${_library})
  list(APPEND _mpfi_variables ${_variable})
endforeach()
mark_as_advanced(${_mpfi_variables})
find_package_handle_standard_args(MPFI REQUIRED_VARS ${_mpfi_variables})

if(MPFI_FOUND AND NOT TARGET MPFI::MPFI)
  add_library(MPFI::MPFI INTERFACE IMPORTED)
  target_include_directories(MPFI::MPFI INTERFACE ${MPFI_INCLUDE_DIR})
  target_link_libraries(MPFI::MPFI INTERFACE
    ${MPFI_LIBRARY} ${MPFR_LIBRARY} ${GMPXX_LIBRARY} ${GMP_LIBRARY})
endif()
