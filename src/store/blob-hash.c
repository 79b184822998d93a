/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "blobs-private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define HASH_BYTES (BATON_BLOB_HASH_LENGTH / 2)

void
baton_blob_hash_init (BatonBlobHash *hash)
{
  hash->state = g_aligned_alloc (1, sizeof *hash->state, 64);
  crypto_generichash_init (hash->state, NULL, 0, HASH_BYTES);
}

void
baton_blob_hash_update (BatonBlobHash *hash, const void *data, gsize length)
{
  crypto_generichash_update (hash->state, data, length);
}

void
baton_blob_hash_final (BatonBlobHash *hash, char text[BATON_BLOB_HASH_LENGTH + 1])
{
  guint8 bytes[HASH_BYTES];

  crypto_generichash_final (hash->state, bytes, sizeof bytes);
  sodium_bin2hex (text, BATON_BLOB_HASH_LENGTH + 1, bytes, sizeof bytes);
  baton_blob_hash_clear (hash);
}

void
baton_blob_hash_clear (BatonBlobHash *hash)
{
  g_clear_pointer (&hash->state, g_aligned_free);
}

void
baton_blob_hex_of (const void *data, gsize length, char hex[BATON_BLOB_HASH_LENGTH + 1])
{
  guint8 bytes[HASH_BYTES];

  crypto_generichash (bytes, sizeof bytes, data, length, NULL, 0);
  sodium_bin2hex (hex, BATON_BLOB_HASH_LENGTH + 1, bytes, sizeof bytes);
}

gboolean
baton_blob_hash_file (BatonBlobHash *hash, int fd, gint64 from, gint64 to, GCancellable *cancellable)
{
  g_autofree guint8 *buffer = g_malloc (BATON_BLOB_CHUNK);

  posix_fadvise (fd, from, to - from, POSIX_FADV_SEQUENTIAL);
  while (from < to)
    {
      gssize n = pread (fd, buffer, (gsize) MIN (BATON_BLOB_CHUNK, to - from), from);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0 || g_cancellable_is_cancelled (cancellable))
        {
          errno = n < 0 ? errno : n == 0 ? EIO : ECANCELED;
          return FALSE;
        }
      baton_blob_hash_update (hash, buffer, (gsize) n);
      from += n;
    }
  return TRUE;
}
