<?php
// Installs WordPress and makes what an administrator makes in its pages: the people with their
// profiles, the category of questions, who may list users. Run once: php prepare.php SITE COMPANY OUT
[, $site, $company, $out] = $argv;
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require $site . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';

function wp_new_blog_notification() {} // No mail.
wp_install('Intranet', 'admin', 'admin@valmer.example', false, '', 'a-password-for-tests-0f3c', 'en_US');

// Settings > Discussion: a comment appears at once.
update_option('comment_moderation', 0);
update_option('comment_previously_approved', 0);
update_option('comments_notify', 0);
update_option('show_avatars', 0);
// Authors may ask (publish posts), and see who there is.
get_role('author')->add_cap('list_users');
$category = wp_create_category('Questions');

$people = [];
foreach (json_decode(file_get_contents($company), true)['people'] as $person) {
    $id = wp_insert_user([
        'user_login' => $person['login'],
        'user_pass' => 'a-password-for-tests-0f3c',
        'user_email' => $person['email'],
        'first_name' => $person['given'],
        'last_name' => $person['family'],
        'display_name' => wp_slash($person['name']),
        'role' => 'author',
    ]);
    if (is_wp_error($id)) {
        fwrite(STDERR, $person['login'] . ': ' . $id->get_error_message());
        exit(1);
    }
    $fields = ['skills' => implode(', ', $person['skills']), 'job_title' => $person['title'], 'team' => $person['team'], 'place' => $person['place']];
    foreach ($fields as $field => $value) {
        update_user_meta($id, $field, wp_slash($value));
    }
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'tests']);
    $people[$person['login']] = ['id' => $id, 'password' => $password];
}
file_put_contents($out, json_encode(['category' => $category, 'people' => $people]));
