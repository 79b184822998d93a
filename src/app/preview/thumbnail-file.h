/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture.h"

G_BEGIN_DECLS

/* Thumbnails on disk: files that this program wrote itself, JPEG or, with transparency, PNG. Any thread. */

/* NULL when there is none that can be read. */
BatonPicture *baton_thumbnail_file_read (const char *path);
/* What cannot be written is made again another time. */
void baton_thumbnail_file_write (const char *path, BatonPicture *picture);
/* Removes those that were not used for longest until at most so many bytes are left. */
void baton_thumbnail_files_prune (const char *folder, goffset most_bytes);

G_END_DECLS
