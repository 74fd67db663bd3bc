#pragma once

#include <filesystem>
#include <optional>

#include "data/read_dataset.h"

// Folders of images, and the files in them.
namespace graddiv {

/// The IDX file of images of a part of a folder (train-images-idx3-ubyte.gz, t10k-…), where there
/// is one.
std::optional<std::filesystem::path> find_idx_images(const std::filesystem::path& folder,
                                                     DataPart part);

/// The images of an IDX file with the labels of the file of labels beside it, whose name says
/// labels-idx1 in place of images-idx3. Throws InputError.
Dataset read_idx_pair(const std::filesystem::path& images);

/// Is there a CIFAR-10 batch in the folder, or in the folder cifar-10-batches-bin in it? The folder
/// where.
std::optional<std::filesystem::path> find_cifar(const std::filesystem::path& folder);

/// Does the file look like a CIFAR-10 batch: whole records of 1 + 3072 bytes, labels below 10?
bool is_cifar_batch(const std::filesystem::path& file);

/// The five batches for training, or that for the test. Throws InputError.
Dataset read_cifar_folder(const std::filesystem::path& folder, DataPart part);
/// One batch. Throws InputError.
Dataset read_cifar_batch(const std::filesystem::path& file);

}  // namespace graddiv
