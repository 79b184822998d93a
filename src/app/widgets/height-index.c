/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "height-index.h"

#include <string.h>

/* Chunked sums: rows live in chunks of at most CHUNK_SIZE, each with the sum of its heights. A look-up walks
 * the chunks (40 of them for 10,000 rows) and then one chunk, an insertion moves at most one chunk's tail.
 * That beats a balanced tree at the lengths a board has, and beats a Fenwick tree on insertion, which
 * rebuilds it. */
#define CHUNK_SIZE 256

typedef struct
{
  guint n;
  int sum;
  BatonHeight rows[CHUNK_SIZE];
} Chunk;

struct _BatonHeightIndex
{
  GPtrArray *chunks;
  int spacing;
  guint n;
  int sum;
};

BatonHeightIndex *
baton_height_index_new (int spacing)
{
  BatonHeightIndex *self = g_new0 (BatonHeightIndex, 1);

  self->chunks = g_ptr_array_new_with_free_func (g_free);
  self->spacing = spacing;
  return self;
}

void
baton_height_index_free (BatonHeightIndex *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

void
baton_height_index_set_spacing (BatonHeightIndex *self, int spacing)
{
  g_return_if_fail (self != NULL);

  self->spacing = spacing;
}

guint
baton_height_index_get_n_rows (BatonHeightIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

/* The height of everything: rows and the spacing between them, none after the last. */
int
baton_height_index_get_total (BatonHeightIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n == 0 ? 0 : self->sum + (int) (self->n - 1) * self->spacing;
}

/* Finds the chunk that holds `position` and leaves the position inside it in *within. Position n gives the
 * last chunk's end, so that appending needs no special case. */
static guint
find_chunk (BatonHeightIndex *self, guint position, guint *within)
{
  guint i;

  for (i = 0; i + 1 < self->chunks->len; i++)
    {
      Chunk *chunk = g_ptr_array_index (self->chunks, i);

      if (position < chunk->n)
        break;
      position -= chunk->n;
    }
  *within = position;
  return i;
}

const BatonHeight *
baton_height_index_get (BatonHeightIndex *self, guint position)
{
  guint within, i;
  Chunk *chunk;

  g_return_val_if_fail (self != NULL && position < self->n, NULL);

  i = find_chunk (self, position, &within);
  chunk = g_ptr_array_index (self->chunks, i);
  return &chunk->rows[within];
}

void
baton_height_index_set (BatonHeightIndex *self, guint position, int height, bool measured)
{
  guint within, i;
  Chunk *chunk;
  int change;

  g_return_if_fail (self != NULL && position < self->n);

  i = find_chunk (self, position, &within);
  chunk = g_ptr_array_index (self->chunks, i);
  change = height - chunk->rows[within].height;
  chunk->rows[within].height = height;
  chunk->rows[within].measured = measured;
  chunk->sum += change;
  self->sum += change;
}

/* The y of the row's top edge. Position n gives where a row appended now would stand. */
int
baton_height_index_get_y (BatonHeightIndex *self, guint position)
{
  guint within = position;
  int y = 0;

  g_return_val_if_fail (self != NULL && position <= self->n, 0);

  for (guint i = 0; i < self->chunks->len; i++)
    {
      Chunk *chunk = g_ptr_array_index (self->chunks, i);

      if (within < chunk->n)
        {
          for (guint j = 0; j < within; j++)
            y += chunk->rows[j].height;
          break;
        }
      within -= chunk->n;
      y += chunk->sum;
    }
  return y + (int) position * self->spacing;
}

/* The row at y, the spacing below a row counted as its own. Above the list that is the first row, below it n.
 */
guint
baton_height_index_find (BatonHeightIndex *self, int y)
{
  guint position = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->chunks->len; i++)
    {
      Chunk *chunk = g_ptr_array_index (self->chunks, i);
      int height = chunk->sum + (int) chunk->n * self->spacing;

      if (y >= height)
        {
          y -= height;
          position += chunk->n;
          continue;
        }
      for (guint j = 0; j < chunk->n; j++)
        {
          y -= chunk->rows[j].height + self->spacing;
          if (y < 0)
            return position + j;
        }
    }
  return position;
}

static void
merge_small (BatonHeightIndex *self, guint i)
{
  Chunk *left, *right;

  if (i + 1 >= self->chunks->len)
    return;
  left = g_ptr_array_index (self->chunks, i);
  right = g_ptr_array_index (self->chunks, i + 1);
  if (left->n + right->n > CHUNK_SIZE / 2)
    return;
  memcpy (left->rows + left->n, right->rows, right->n * sizeof (BatonHeight));
  left->n += right->n;
  left->sum += right->sum;
  g_ptr_array_remove_index (self->chunks, i + 1);
}

static void
remove_run (BatonHeightIndex *self, guint position, guint removed)
{
  guint within, i;

  if (removed == 0)
    return;
  i = find_chunk (self, position, &within);
  while (removed > 0)
    {
      Chunk *chunk = g_ptr_array_index (self->chunks, i);
      guint n = MIN (removed, chunk->n - within);

      for (guint j = within; j < within + n; j++)
        {
          chunk->sum -= chunk->rows[j].height;
          self->sum -= chunk->rows[j].height;
        }
      memmove (
          chunk->rows + within, chunk->rows + within + n, (chunk->n - within - n) * sizeof (BatonHeight));
      chunk->n -= n;
      self->n -= n;
      removed -= n;
      if (chunk->n == 0)
        g_ptr_array_remove_index (self->chunks, i);
      else
        i++;
      within = 0;
    }
  if (i > 0)
    merge_small (self, i - 1);
}

/* Adds rows at the end of chunk *i, opening new chunks behind it as needed; *i ends on the last one written.
 * Chunks are left a quarter empty so that the next single insertion finds room. */
static void
append_run (BatonHeightIndex *self, guint *i, const BatonHeight *rows, guint n)
{
  for (guint done = 0; done < n;)
    {
      Chunk *chunk = g_ptr_array_index (self->chunks, *i);
      guint room = chunk->n < CHUNK_SIZE * 3 / 4 ? CHUNK_SIZE * 3 / 4 - chunk->n : 0;
      guint take = MIN (room, n - done);

      if (take == 0)
        {
          g_ptr_array_insert (self->chunks, (int) ++*i, g_new0 (Chunk, 1));
          continue;
        }
      memcpy (chunk->rows + chunk->n, rows + done, take * sizeof (BatonHeight));
      for (guint j = 0; j < take; j++)
        chunk->sum += rows[done + j].height;
      chunk->n += take;
      done += take;
    }
}

static void
insert_run (BatonHeightIndex *self, guint position, const BatonHeight *added, guint n_added)
{
  guint within, i, n_tail;
  Chunk *chunk;

  if (n_added == 0)
    return;
  if (self->chunks->len == 0)
    g_ptr_array_add (self->chunks, g_new0 (Chunk, 1));
  i = find_chunk (self, position, &within);
  chunk = g_ptr_array_index (self->chunks, i);
  n_tail = chunk->n - within;
  for (guint j = 0; j < n_added; j++)
    self->sum += added[j].height;
  self->n += n_added;

  if (chunk->n + n_added <= CHUNK_SIZE)
    {
      memmove (chunk->rows + within + n_added, chunk->rows + within, n_tail * sizeof (BatonHeight));
      memcpy (chunk->rows + within, added, n_added * sizeof (BatonHeight));
      for (guint j = 0; j < n_added; j++)
        chunk->sum += added[j].height;
      chunk->n += n_added;
    }
  else
    {
      g_autofree BatonHeight *tail = g_memdup2 (chunk->rows + within, n_tail * sizeof (BatonHeight));

      for (guint j = 0; j < n_tail; j++)
        chunk->sum -= tail[j].height;
      chunk->n = within;
      append_run (self, &i, added, n_added);
      append_run (self, &i, tail, n_tail);
    }
}

/* Replaces `removed` rows at `position` by the `n_added` rows given. */
void
baton_height_index_splice (
    BatonHeightIndex *self, guint position, guint removed, const BatonHeight *added, guint n_added)
{
  g_return_if_fail (self != NULL && position <= self->n && removed <= self->n - position);

  remove_run (self, position, removed);
  insert_run (self, position, added, n_added);
}
