/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a file is, by its content; its name only refines what the content allows (text/plain to text/markdown,
 * a zip archive to a document), and never contradicts it. length: how much of the beginning is given;
 * BATON_MEDIA_HEAD bytes are enough. An empty file is "application/x-zerosize". Transfer full. */
#define BATON_MEDIA_HEAD 32768
char *baton_media_sniff (const char *name, const guint8 *head, gsize length);

/* image, document (PDF), text, video, audio or other: files of one kind are likely to be versions of each
 * other. */
const char *baton_media_kind (const char *media);

G_END_DECLS
