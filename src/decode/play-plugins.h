/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Starts GStreamer with the plug-ins that playing a file needs and no others: nothing that reaches a network,
 * a device or another file. Those that are not installed are left out. FALSE when even the core is missing.
 */
gboolean baton_play_load_plugins (void);

G_END_DECLS
