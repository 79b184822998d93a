/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-transfer"

/* transfer-client SERVER FOLDER FILE|HASH: sends a file, or fetches the one of this hash, with the code of
 * the app, as often as it takes. The device's token comes on standard input. Prints
 * {"hash":…,"size":…,"tries":N}. */

#include "blob-transfer.h"

#include <stdio.h>
#include <string.h>

#define MOST_TRIES 10000

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  BatonServerAccess access = { 0 };
  char token[200] = "";
  g_autoptr (BatonBlobs) blobs = NULL;
  g_autoptr (BatonBlobLink) link = NULL;
  g_autofree char *hash = NULL;
  BatonTransferResult result = BATON_TRANSFER_LATER;
  guint tries = 0;
  gboolean down = argc == 4 && baton_blob_hash_is_valid (argv[3]);

  if (argc != 4 || fgets (token, sizeof token, stdin) == NULL)
    g_error ("transfer-client SERVER FOLDER FILE|HASH < TOKEN");
  access.server = argv[1];
  access.token = g_strstrip (token);
  blobs = baton_blobs_new (argv[2]);
  hash = down ? g_strdup (argv[3]) : baton_blobs_add_file (blobs, argv[3], NULL, NULL, NULL, NULL, &error);
  link = hash != NULL ? baton_blob_link_new (&access, blobs, &error) : NULL;
  if (link == NULL)
    g_error ("%s", error->message);
  while (result == BATON_TRANSFER_LATER && tries++ < MOST_TRIES)
    {
      g_clear_error (&error);
      result = (down ? baton_blob_download : baton_blob_upload) (link, hash, NULL, NULL, NULL, &error);
      if (result == BATON_TRANSFER_LATER)
        g_usleep (G_USEC_PER_SEC / 10);
    }
  if (result != BATON_TRANSFER_DONE)
    g_error ("%s", error->message);
  printf ("{\"hash\":\"%s\",\"size\":%" G_GINT64_FORMAT ",\"tries\":%u}\n", hash,
      baton_blobs_size (blobs, hash), tries);
  return 0;
}
