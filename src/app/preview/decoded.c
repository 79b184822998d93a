/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "decoded.h"

#include "size-words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef F_GET_SEALS
#define F_GET_SEALS 1034
#define F_SEAL_SHRINK 0x0002
#define F_SEAL_WRITE 0x0008
#endif

G_DEFINE_QUARK (baton - decoder - error - quark, baton_decoder_error)

static void
clear (BatonDecoded *self)
{
  g_clear_object (&self->picture);
  g_clear_pointer (&self->text, g_bytes_unref);
}

BatonDecoded *
baton_decoded_ref (BatonDecoded *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
baton_decoded_unref (BatonDecoded *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

typedef struct
{
  gpointer data;
  gsize size;
} Mapping;

static void
unmap (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->data, mapping->size);
  g_free (mapping);
}

/* Only what can no longer shrink or change may be looked at: else the sender could end this process. */
static GBytes *
map (int memfd, gsize size)
{
  int seals = fcntl (memfd, F_GET_SEALS);
  struct stat file;
  Mapping *mapping;
  gpointer data;

  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0 || (seals & F_SEAL_WRITE) == 0 || fstat (memfd, &file) != 0 ||
      file.st_size < 0 || (gsize) file.st_size < size || size == 0)
    return NULL;
  data = mmap (NULL, size, PROT_READ, MAP_SHARED, memfd, 0);
  if (data == MAP_FAILED)
    return NULL;
  mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ data, size };
  return g_bytes_new_with_free_func (data, size, unmap, mapping);
}

static gboolean
take_pixels (BatonDecoded *self, const BatonDecodeReply *reply, int memfd)
{
  g_autoptr (GBytes) pixels = NULL;

  if (reply->width <= 0 || reply->height <= 0 || reply->width > BATON_PICTURE_LONGEST ||
      reply->height > BATON_PICTURE_LONGEST || reply->full_width <= 0 || reply->full_height <= 0)
    return FALSE;
  pixels = map (memfd, (gsize) reply->width * 4 * (gsize) reply->height);
  if (pixels == NULL)
    return FALSE;
  self->picture = baton_picture_new (pixels, reply->width, reply->height, reply->full_width,
      reply->full_height, (reply->flags & BATON_DECODED_OPAQUE) != 0);
  return TRUE;
}

static gboolean
take_text (BatonDecoded *self, const BatonDecodeReply *reply, int memfd)
{
  if (reply->length == 0)
    self->text = g_bytes_new_static ("", 0);
  else
    self->text = map (memfd, reply->length);
  return self->text != NULL &&
         g_utf8_validate (g_bytes_get_data (self->text, NULL), (gssize) g_bytes_get_size (self->text), NULL);
}

BatonDecoded *
baton_decoded_new (const BatonDecodeReply *reply, BatonDecodeWhat what, int memfd)
{
  BatonDecoded *self = g_atomic_rc_box_new0 (BatonDecoded);
  gboolean fits;

  self->flags = reply->flags;
  self->pages = CLAMP (reply->pages, 1, BATON_DECODE_PAGES);
  self->frames = CLAMP (reply->frames, 1, BATON_DECODE_FRAMES);
  self->delay = CLAMP (reply->delay, 10, 60000);
  self->bits = CLAMP (reply->bits, 0, 64);
  for (guint i = 0; i + 1 < sizeof self->format; i++)
    {
      self->format[i] = g_ascii_isprint (reply->format[i]) ? reply->format[i] : '\0';
      self->colour[i] = g_ascii_isprint (reply->colour[i]) ? reply->colour[i] : '\0';
    }
  for (guint i = 0; i + 1 < sizeof self->profile; i++)
    self->profile[i] = g_ascii_isprint (reply->profile[i]) ? reply->profile[i] : '\0';
  fits = what == BATON_DECODE_WORDS ? take_text (self, reply, memfd) : take_pixels (self, reply, memfd);
  if (memfd >= 0)
    close (memfd);
  if (fits)
    return self;
  baton_decoded_unref (self);
  return NULL;
}

gsize
baton_decoded_bytes (BatonDecoded *self)
{
  return (self->picture != NULL ? baton_picture_bytes (self->picture) : 0) +
         (self->text != NULL ? g_bytes_get_size (self->text) : 0);
}

static const char *
sentence (BatonDecodeStatus status)
{
  switch (status)
    {
    case BATON_DECODE_EMPTY:
      return _ ("This file is empty.");
    case BATON_DECODE_DAMAGED:
      return _ (
          "This file is damaged or cut off, so it cannot be shown. The file itself is kept as it came.");
    case BATON_DECODE_TOO_LARGE:
      return _ ("This picture is too large to be shown here. The file itself is kept as it came.");
    case BATON_DECODE_LOCKED:
      return _ ("This document is locked with a password, so it cannot be shown here.");
    case BATON_DECODE_NO_PAGE:
      return _ ("There is no such page in this file.");
    case BATON_DECODE_NO_MEMORY:
      return _ ("Showing this file would take more memory than is allowed for a preview.");
    case BATON_DECODE_CRASHED:
      return _ ("This file cannot be shown: reading it failed. Nothing else was touched.");
    case BATON_DECODE_TIMEOUT:
      return _ ("This file cannot be shown: reading it took too long and was stopped.");
    case BATON_DECODE_NO_HELPER:
      return _ ("Previews are not working: the program that reads files (baton-decode) did not start.");
    case BATON_DECODE_NO_FILE:
      return _ ("The file is not on this computer.");
    case BATON_DECODE_OK:
    case BATON_DECODE_HELLO:
    case BATON_DECODE_UNKNOWN:
    default:
      return _ ("There is no preview for files of this kind.");
    }
}

GError *
baton_decoder_error_new (BatonDecodeStatus status)
{
  return g_error_new_literal (BATON_DECODER_ERROR, (int) status, sentence (status));
}

static const char *
colour_words (const BatonDecoded *self)
{
  if (g_str_equal (self->colour, "grey"))
    return _ ("greyscale");
  if (g_str_equal (self->colour, "indexed"))
    return _ ("indexed colours");
  return self->colour;
}

char *
baton_decoded_colours (const BatonDecoded *self)
{
  g_autofree char *bits = g_strdup_printf (ngettext ("%d bit", "%d bits", (gulong) self->bits), self->bits);

  return g_strjoin (self->colour[0] != '\0' && self->bits > 0 ? ", " : "", colour_words (self),
      self->bits > 0 ? bits : "", NULL);
}

char *
baton_decoded_facts (BatonDecoded *self)
{
  GString *facts = g_string_new (NULL);

  if (self->picture != NULL && self->pages <= 1)
    {
      g_autofree char *size =
          baton_size_words (baton_picture_width (self->picture), baton_picture_height (self->picture));

      g_string_append (facts, size);
    }
  if (self->pages > 1)
    g_string_append_printf (facts, ngettext ("%d page", "%d pages", (gulong) self->pages), self->pages);
  if (self->frames > 1)
    g_string_append_printf (
        facts, ngettext (" · %d frame", " · %d frames", (gulong) self->frames), self->frames);
  if (self->colour[0] != '\0')
    g_string_append_printf (facts, " · %s", colour_words (self));
  if (self->bits > 8)
    g_string_append_printf (facts, ngettext (" · %d bit", " · %d bits", (gulong) self->bits), self->bits);
  if (self->profile[0] != '\0')
    g_string_append_printf (facts, " · %s", self->profile);
  if (self->format[0] != '\0')
    g_string_append_printf (facts, "%s%s", facts->len > 0 ? " · " : "", self->format);
  return g_string_free (facts, FALSE);
}

char *
baton_decoded_warning (BatonDecoded *self)
{
  if ((self->flags & BATON_DECODED_INCOMPLETE) != 0)
    return g_strdup (_ ("The file has errors or ends early; this is what could be read."));
  if ((self->flags & BATON_DECODED_REDUCED) != 0)
    return g_strdup (_ ("Shown with fewer pixels than the file has."));
  if ((self->flags & BATON_DECODED_CUT) == 0)
    return NULL;
  if (self->text != NULL)
    return g_strdup (_ ("Only the beginning of this long text is shown."));
  if (self->frames > 1)
    return g_strdup_printf (ngettext ("Only the first %d frame is shown.",
                                "Only the first %d frames are shown.", (gulong) self->frames),
        self->frames);
  return g_strdup_printf (ngettext ("Only the first %d page is shown.", "Only the first %d pages are shown.",
                              (gulong) self->pages),
      self->pages);
}
