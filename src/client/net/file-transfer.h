/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blob-plan.h"
#include "blob-transfer.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* One file on its way between this device and the server: what a BatonFiles (shared-files.h) lists. Main
 * thread only.
 *
 * Signal: changed ()  anything of it is another */
#define BATON_TYPE_FILE_TRANSFER (baton_file_transfer_get_type ())
G_DECLARE_FINAL_TYPE (BatonFileTransfer, baton_file_transfer, BATON, FILE_TRANSFER, GObject)

/* In the order of the list. */
typedef enum
{
  BATON_FILE_FAILED, /* does not go on by itself: the words say why, and what to do */
  BATON_FILE_TRAVELS,
  BATON_FILE_WAITS,
  BATON_FILE_AWAY,     /* the server has not got it yet from whoever made it */
  BATON_FILE_GIVEN_UP, /* somebody said that it need not come */
  BATON_FILE_DONE,
} BatonFileState;

BatonFileState baton_file_transfer_state (BatonFileTransfer *self);
BatonBlobWay baton_file_transfer_way (BatonFileTransfer *self);
const char *baton_file_transfer_hash (BatonFileTransfer *self);
const char *baton_file_transfer_name (BatonFileTransfer *self);  /* of the file */
const char *baton_file_transfer_card (BatonFileTransfer *self);  /* id; NULL: unknown */
const char *baton_file_transfer_title (BatonFileTransfer *self); /* of the card; NULL: unknown */
gint64 baton_file_transfer_size (BatonFileTransfer *self);       /* bytes */
gint64 baton_file_transfer_done (BatonFileTransfer *self);       /* of them: there already */
gint64 baton_file_transfer_speed (BatonFileTransfer *self);      /* bytes per second; 0: not known */

/* Its state in words: “12 MB of 40 MB · 2.1 MB/s”, “Arrives when connected” … Transfer full. */
char *baton_file_transfer_words (BatonFileTransfer *self);

/* What makes sense at present. */
gboolean baton_file_transfer_can_cancel (BatonFileTransfer *self);
gboolean baton_file_transfer_can_retry (BatonFileTransfer *self);

G_END_DECLS
