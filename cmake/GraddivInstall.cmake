# An install tree that find_package(graddiv) finds. Headers go to include/graddiv/<room>/, and
# both include/ and include/graddiv/ are on the consumer's path: the first for its own
# <graddiv/number/…>, the second for the "number/…" between our headers.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/graddiv)

install(TARGETS graddiv_version graddiv graddiv_theorems graddiv_instances graddiv_constructions
  graddiv_workbench
  EXPORT graddiv
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/graddiv
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET graddiv_cli)
  install(TARGETS graddiv_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(TARGET graddiv_networks)  # beside the tool, where it looks for it
  install(TARGETS graddiv_networks LIBRARY DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(EXPORT graddiv
  NAMESPACE graddiv:: FILE graddivTargets.cmake DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/graddivConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(
  FILES ${PROJECT_SOURCE_DIR}/cmake/graddivConfig.cmake
        ${PROJECT_SOURCE_DIR}/cmake/GraddivDependencies.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindCBLAS.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindMPFI.cmake
        ${PROJECT_BINARY_DIR}/graddivConfigVersion.cmake
  DESTINATION ${package_dir})
