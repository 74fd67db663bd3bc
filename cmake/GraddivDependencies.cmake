# What the installed libraries need. The build and the installed package both read this file, so
# the two cannot drift apart; what only the tool or the tests need is found where it is used.
find_package(Boost 1.81 CONFIG REQUIRED)
find_package(Eigen3 3.4 REQUIRED)
find_package(MPFI REQUIRED)
find_package(NLopt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(CBLAS REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(TBB REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
