/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blobs.h"
#include "reader.h"

G_BEGIN_DECLS

/* What a file says about itself, asked of the helper that may look into it (decode-command.h). 0: it does not
 * say, or there is no helper. */
typedef struct
{
  int width; /* pixels, upright; of a page or a drawing at 96 dpi */
  int height;
  int pages;       /* of a document; 0 for what has none */
  gint64 duration; /* of video and sound, ms */
} BatonProbe;

/* Waits, a few seconds at most; any thread. path: a file whose type is `media`; of other kinds than pictures,
 * documents, video and sound nothing is asked. FALSE when nothing is known. The helper stays for the next
 * file for as long as the thread that started it lives. */
gboolean baton_probe_file (const char *path, const char *media, BatonProbe *probe);

/* What is known of a version: what the operation that added it said, else what its file says, if it is on
 * this computer. Waits, as above. */
void baton_probe_version (BatonBlobs *blobs, const BatonRow *version, BatonProbe *probe);
/* For a new version's row: what is known of its file. */
void baton_probe_describe (const BatonProbe *probe, BatonRow *version);

G_END_DECLS
