#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

class NetworksOfConvolutions : public testing::ToolTest {
 protected:
  void SetUp() override {
    if (!GRADDIV_HAS_NETWORKS) GTEST_SKIP() << "built without libtorch";
  }
};

TEST_F(NetworksOfConvolutions, AreMeasuredAndTheirGradientsVerified) {
  for (const std::string model : {"conv:2-3", "resnet:2-3"}) {
    // On raw pixels, too, where some images are fitted all but perfectly.
    for (const std::string scale : {"1/255", "1"}) {
      const auto outcome = graddiv({"measure", images(8), "--model", model, "--scale", scale,
                                    "--verify-gradients", "48", "--json"});
      EXPECT_EQ(outcome.code, 0) << outcome.err;
      const auto json = outcome.json();
      EXPECT_TRUE(json.at("gradient_check").at("passed")) << model << ' ' << scale;
      EXPECT_GE(json.at("points").at(0).at("batch_size_bound").get<double>(), 1);
    }
  }
}

TEST_F(NetworksOfConvolutions, GiveTheSameFiguresOnAnyThreads) {
  const auto settings = write("tiny.toml",
                              "conv_channels = [2]\nresnet_channels = [2, 3]\nlooks = 1\n"
                              "conv_examples = 16\nconv_passes = 1\nconv_factors = [1, 4]\n"
                              "conv_batches = [4]\nresnet_examples = 16\nresnet_passes = 1\n"
                              "resnet_factors = [1, 4]\nresnet_batches = [4]\n");
  for (const std::string threads : {"1", "2"}) {
    const auto outcome =
        graddiv({"experiment", "replication", "--data", images(8), "--config", settings, "--models",
                 "conv,resnet", "--threads", threads, "-o", threads},
                {{"PATH", "/nonexistent"}});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("resnet-gap-grows: "), std::string::npos);
    EXPECT_EQ(outcome.out.find("logistic"), std::string::npos);
  }
  EXPECT_NE(read("1/replication.csv").find("conv-loss-ratio,B_S r=4,"), std::string::npos);
  EXPECT_EQ(read("1/replication.csv"), read("2/replication.csv"));
}

TEST_F(NetworksOfConvolutions, AreRefusedWithTheReason) {
  const std::string folder = images(8);
  const auto refused = [&](const std::string& model, Arguments more, const std::string& reason) {
    more.insert(more.begin(), {"measure", folder, "--model", model});
    expect_bad_input(graddiv(more), reason);
  };
  refused("conv:2-2-2-2", {}, "images of 8 × 8 pixels are too small for 4 stages");
  refused("resnet:3-2", {}, "may not decrease");
  refused("conv:2", {"--bias"}, "have biases of their own");
  refused("conv:2", {"--certify"}, "not for networks");
  refused("conv:2", {"--bounds"}, "--bounds needs");
  refused("conv:2", {"--activation", "tanh"}, "--activation is for --model mlp");
  write("three", "1\n2\n3\n");
  refused("conv:2", {"--at", "three"}, "three has 3 numbers, but the model has");
  write("rows", "0 1:1\n1 2:1\n");
  expect_bad_input(graddiv({"measure", "rows", "--model", "conv:2"}),
                   "rows that are no images, and conv:2 needs images");
}

using Networks = testing::ToolTest;

TEST_F(Networks, ThatNormaliseOverABatchHaveNoGradientOfOneExample) {
  expect_bad_input(graddiv({"measure", images(8), "--model", "resnet:2+batch-norm"}),
                   "there is no gradient of one example to measure");
}

TEST_F(Networks, OfConvolutionsNeedLibtorch) {
  if (GRADDIV_HAS_NETWORKS) GTEST_SKIP() << "built with libtorch";
  expect_bad_input(graddiv({"measure", images(8), "--model", "conv:2"}), "needs libtorch");
}

}  // namespace
}  // namespace graddiv::cli
