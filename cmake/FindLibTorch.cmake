# libtorch with its C++ interface, as Debian packages it: LibTorch::LibTorch. (Its own package file
# asks for components that are not packaged, and sets flags for everybody.)
include(FindPackageHandleStandardArgs)

find_path(LIBTORCH_INCLUDE_DIR torch/torch.h PATH_SUFFIXES torch/csrc/api/include)
set(_libtorch_libraries)
foreach(_library torch torch_cpu c10)
  string(TOUPPER LIBTORCH_${_library}_LIBRARY _variable)
  find_library(${_variable} ${_library})
  list(APPEND _libtorch_libraries ${_variable})
endforeach()
mark_as_advanced(LIBTORCH_INCLUDE_DIR ${_libtorch_libraries})
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS ${_libtorch_libraries} LIBTORCH_INCLUDE_DIR)

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  add_library(LibTorch::LibTorch INTERFACE IMPORTED GLOBAL)
  # System headers: their warnings are not ours.
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE ${LIBTORCH_INCLUDE_DIR})
  foreach(_variable IN LISTS _libtorch_libraries)
    target_link_libraries(LibTorch::LibTorch INTERFACE ${${_variable}})
  endforeach()
endif()
