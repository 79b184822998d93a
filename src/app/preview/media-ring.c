/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-ring.h"

#include "play-line.h"

#include <sys/mman.h>
#include <sys/socket.h>

struct _BatonMediaRing
{
  GMutex lock;
  int socket; /* -1: nobody listens any more */
  int width, height;
  gboolean alpha;
  guint8 *pixels;
  gsize size;
  guint lent; /* bits */
};

typedef struct
{
  BatonMediaRing *ring;
  guint slot;
} Loan;

BatonMediaRing *
baton_media_ring_new (int memfd, int socket, int width, int height, gboolean alpha)
{
  BatonMediaRing *self;
  gsize size;
  guint8 *pixels = baton_play_map_ring (memfd, width, height, &size);

  if (pixels == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (BatonMediaRing);
  g_mutex_init (&self->lock);
  self->socket = socket;
  self->width = width;
  self->height = height;
  self->alpha = alpha;
  self->pixels = pixels;
  self->size = size;
  return self;
}

BatonMediaRing *
baton_media_ring_ref (BatonMediaRing *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (BatonMediaRing *self)
{
  munmap (self->pixels, self->size);
  g_mutex_clear (&self->lock);
}

void
baton_media_ring_unref (BatonMediaRing *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

void
baton_media_ring_close (BatonMediaRing *self)
{
  g_mutex_lock (&self->lock);
  self->socket = -1;
  g_mutex_unlock (&self->lock);
}

static void
give_back (gpointer data)
{
  Loan *loan = data;
  BatonMediaRing *self = loan->ring;
  BatonPlayRequest request = { .magic = BATON_PLAY_MAGIC, .what = BATON_PLAY_RELEASE, .slot = loan->slot };

  g_mutex_lock (&self->lock);
  self->lent &= ~(1u << loan->slot);
  if (self->socket >= 0 &&
      send (self->socket, &request, sizeof request, MSG_NOSIGNAL | MSG_DONTWAIT) != sizeof request)
    g_debug ("baton-play does not listen");
  g_mutex_unlock (&self->lock);
  baton_media_ring_unref (self);
  g_free (loan);
}

GdkTexture *
baton_media_ring_lend (BatonMediaRing *self, guint slot)
{
  gsize frame = self->size / BATON_PLAY_SLOTS;
  g_autoptr (GBytes) bytes = NULL;
  gboolean free_slot;
  Loan *loan;

  if (slot >= BATON_PLAY_SLOTS)
    return NULL;
  g_mutex_lock (&self->lock);
  free_slot = (self->lent & 1u << slot) == 0;
  self->lent |= 1u << slot;
  g_mutex_unlock (&self->lock);
  if (!free_slot)
    return NULL;
  loan = g_new (Loan, 1);
  *loan = (Loan){ baton_media_ring_ref (self), slot };
  bytes = g_bytes_new_with_free_func (self->pixels + frame * slot, frame, give_back, loan);
  return gdk_memory_texture_new (self->width, self->height,
      self->alpha ? GDK_MEMORY_B8G8R8A8 : GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, (gsize) self->width * 4);
}
