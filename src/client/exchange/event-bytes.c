/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "event-bytes.h"

#include "baton-error.h"
#include "csv-guess.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (1 << 16)

/* What is there and not taken yet: data[from … to). */
typedef struct
{
  char data[PIECE];
  gsize from;
  gsize to;
  gboolean ended; /* nothing comes behind it */
} Piece;

struct _BatonEventBytes
{
  GFileInputStream *file;
  gint64 size;
  gint64 done;

  GConverter *unpack; /* NULL: not packed */
  Piece packed;
  gboolean member_open; /* a gzip file is one or several members, one after the other */

  GConverter *decode; /* NULL: taken as it is */
  char *encoding;
  Piece raw;  /* unpacked, not decoded */
  guint line; /* that has been read so far, for messages */
};

void
baton_event_bytes_free (BatonEventBytes *self)
{
  g_clear_object (&self->file);
  g_clear_object (&self->unpack);
  g_clear_object (&self->decode);
  g_free (self->encoding);
  g_free (self);
}

static gboolean
fail_reading (GError *cause, GError **error)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("The file cannot be read: %s."), cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
read_file (BatonEventBytes *self, char *buffer, gsize length, gsize *got, GError **error)
{
  GError *local = NULL;
  gssize n = g_input_stream_read (G_INPUT_STREAM (self->file), buffer, length, NULL, &local);

  *got = n > 0 ? (gsize) n : 0;
  if (n < 0)
    return fail_reading (local, error);
  self->done += n;
  return TRUE;
}

static void
make_room (Piece *piece)
{
  if (piece->from > 0)
    memmove (piece->data, piece->data + piece->from, piece->to - piece->from);
  piece->to -= piece->from;
  piece->from = 0;
}

static gboolean
refill_packed (BatonEventBytes *self, GError **error)
{
  Piece *packed = &self->packed;
  gsize got;

  make_room (packed);
  if (packed->to == PIECE || packed->ended)
    return TRUE;
  if (!read_file (self, packed->data + packed->to, PIECE - packed->to, &got, error))
    return FALSE;
  packed->ended = got == 0;
  packed->to += got;
  return TRUE;
}

/* Zeros behind a member fill up a block, as on a tape; gzip itself passes over them. */
static void
skip_padding (BatonEventBytes *self)
{
  Piece *packed = &self->packed;

  while (!self->member_open && packed->from < packed->to && packed->data[packed->from] == '\0')
    packed->from++;
}

static gboolean
fail_unpacking (BatonEventBytes *self, GError **error)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("The packed file is damaged or ends too early, after line %u. Nothing was imported."), self->line);
  return FALSE;
}

/* Unpacks something; *got is 0 at the end. */
static gboolean
unpack (BatonEventBytes *self, char *buffer, gsize room, gsize *got, GError **error)
{
  Piece *packed = &self->packed;

  *got = 0;
  while (*got == 0)
    {
      g_autoptr (GError) local = NULL;
      gsize used = 0;
      GConverterResult result;

      skip_padding (self);
      if (!refill_packed (self, error))
        return FALSE;
      if (packed->to > 0 && !self->member_open && packed->data[0] == '\0')
        continue;
      if (packed->to == 0 && !self->member_open)
        return TRUE;
      result = g_converter_convert (self->unpack, packed->data, packed->to, buffer, room,
          packed->ended ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &used, got, &local);
      packed->from = used;
      self->member_open =
          result == G_CONVERTER_CONVERTED ||
          (result == G_CONVERTER_ERROR && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT));
      if (result == G_CONVERTER_FINISHED)
        g_converter_reset (self->unpack);
      if (result == G_CONVERTER_ERROR && (!self->member_open || packed->ended))
        return fail_unpacking (self, error);
    }
  return TRUE;
}

static gboolean
read_unpacked (BatonEventBytes *self, char *buffer, gsize room, gsize *got, GError **error)
{
  Piece *packed = &self->packed;

  if (self->unpack != NULL)
    return unpack (self, buffer, room, got, error);
  /* What was looked at in the beginning. */
  *got = MIN (room, packed->to - packed->from);
  memcpy (buffer, packed->data + packed->from, *got);
  packed->from += *got;
  return *got > 0 || read_file (self, buffer, room, got, error);
}

static gboolean
refill_raw (BatonEventBytes *self, GError **error)
{
  Piece *raw = &self->raw;
  gsize got;

  make_room (raw);
  if (raw->to == PIECE || raw->ended)
    return TRUE;
  if (!read_unpacked (self, raw->data + raw->to, PIECE - raw->to, &got, error))
    return FALSE;
  raw->ended = got == 0;
  raw->to += got;
  return TRUE;
}

static gboolean
fail_decoding (BatonEventBytes *self, GError **error)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("Line %u: what is there cannot be read as %s, which the file begins with. Nothing was imported."),
      self->line + 1, self->encoding);
  return FALSE;
}

static gboolean
decode (BatonEventBytes *self, char *buffer, gsize room, gsize *got, GError **error)
{
  Piece *raw = &self->raw;

  *got = 0;
  while (*got == 0)
    {
      g_autoptr (GError) local = NULL;
      gsize used = 0;
      GConverterResult result;

      if (!refill_raw (self, error))
        return FALSE;
      if (raw->to == 0 && raw->ended)
        return TRUE;
      result = g_converter_convert (self->decode, raw->data, raw->to, buffer, room,
          raw->ended ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &used, got, &local);
      raw->from = used;
      if (result == G_CONVERTER_ERROR &&
          (raw->ended || !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)))
        return fail_decoding (self, error);
    }
  return TRUE;
}

gboolean
baton_event_bytes_read (BatonEventBytes *self, char *buffer, gsize room, gsize *got, GError **error)
{
  Piece *raw = &self->raw;

  if (self->decode != NULL)
    {
      if (!decode (self, buffer, room, got, error))
        return FALSE;
    }
  else if (raw->from < raw->to)
    {
      *got = MIN (room, raw->to - raw->from);
      memcpy (buffer, raw->data + raw->from, *got);
      raw->from += *got;
    }
  else if (!read_unpacked (self, buffer, room, got, error))
    return FALSE;
  for (const char *at = buffer; (at = memchr (at, '\n', (gsize) (buffer + *got - at))) != NULL; at++)
    self->line++;
  return TRUE;
}

/* <?xml version="1.0" encoding="ISO-8859-1"?>; transfer full, NULL for none and for UTF-8. */
static char *
declared_encoding (const Piece *raw)
{
  g_autofree char *start = g_strndup (raw->data + raw->from, MIN (raw->to - raw->from, 200));
  char *end = g_str_has_prefix (start, "<?xml") ? strstr (start, "?>") : NULL;
  char *name;
  char quote;

  if (end == NULL)
    return NULL;
  *end = '\0';
  name = strstr (start, "encoding");
  name = name != NULL ? strpbrk (name, "\"'") : NULL;
  if (name == NULL)
    return NULL;
  quote = *name++;
  end = strchr (name, quote);
  if (end == NULL)
    return NULL;
  *end = '\0';
  if (name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.:")] != '\0')
    return NULL;
  return g_ascii_strcasecmp (name, "UTF-8") == 0 || g_ascii_strcasecmp (name, "US-ASCII") == 0
             ? NULL
             : g_ascii_strup (name, -1);
}

static gboolean
find_encoding (BatonEventBytes *self, GError **error)
{
  Piece *raw = &self->raw;
  g_autoptr (GCharsetConverter) converter = NULL;
  const char *wide;
  gsize skip = 0;

  while (!raw->ended && raw->to < PIECE)
    {
      if (!refill_raw (self, error))
        return FALSE;
    }
  wide = baton_csv_wide_encoding (raw->data, raw->to, &skip);
  raw->from = skip;
  self->encoding = wide != NULL ? g_strdup (wide) : declared_encoding (raw);
  if (self->encoding == NULL)
    return TRUE;
  converter = g_charset_converter_new ("UTF-8", self->encoding, NULL);
  if (converter != NULL)
    {
      self->decode = G_CONVERTER (g_steal_pointer (&converter));
      return TRUE;
    }
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("The file says that it is written in “%s”, which nobody knows here. Nothing was imported."),
      self->encoding);
  return FALSE;
}

/* What packed files begin with tells them; the name does not matter. */
static gboolean
look_at_start (BatonEventBytes *self, GError **error)
{
  const guint8 *start = (const guint8 *) self->packed.data;

  if (!refill_packed (self, error))
    return FALSE;
  if (self->packed.to >= 2 && start[0] == 0x1f && start[1] == 0x8b)
    self->unpack = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  return find_encoding (self, error);
}

BatonEventBytes *
baton_event_bytes_open (const char *path, GError **error)
{
  g_autoptr (BatonEventBytes) self = g_new0 (BatonEventBytes, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) local = NULL;

  self->file = g_file_read (file, NULL, &local);
  if (self->file == NULL)
    {
      g_set_error (error, BATON_ERROR,
          g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? BATON_ERROR_NOT_FOUND : BATON_ERROR_IO,
          _ ("The file cannot be read: %s."), local->message);
      return NULL;
    }
  info = g_file_input_stream_query_info (self->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  self->size = info != NULL ? g_file_info_get_size (info) : 0;
  return look_at_start (self, error) ? g_steal_pointer (&self) : NULL;
}

/* Before anything is read: zeros are those of UTF-16. */
gboolean
baton_event_bytes_is_xml (BatonEventBytes *self)
{
  const Piece *raw = &self->raw;
  g_autoptr (GString) start = g_string_new (NULL);

  for (gsize i = raw->from; i < raw->to && start->len < 20; i++)
    {
      if (raw->data[i] != '\0' && (start->len > 0 || !g_ascii_isspace (raw->data[i])))
        g_string_append_c (start, g_ascii_tolower (raw->data[i]));
    }
  return start->str[0] == '<' && (g_ascii_isalpha (start->str[1]) || strchr ("?!", start->str[1]) != NULL) &&
         !g_str_has_prefix (start->str, "<!doctype html") && !g_str_has_prefix (start->str, "<html");
}

const char *
baton_event_bytes_encoding (BatonEventBytes *bytes)
{
  return bytes->encoding;
}

gint64
baton_event_bytes_done (BatonEventBytes *bytes)
{
  return bytes->done;
}

gint64
baton_event_bytes_size (BatonEventBytes *bytes)
{
  return bytes->size;
}
