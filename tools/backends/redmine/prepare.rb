# What an administrator does in Redmine's settings before the widget can use it; run once by
# `rails runner prepare.rb OUT`, which writes the identifiers of what it made into OUT.

require 'json'

company = JSON.parse(File.read(File.expand_path('../../../server/tests/real/company.json', __dir__)))

# Trackers, statuses and roles as a new Redmine has them.
Redmine::DefaultData::Loader.load('en')

# Administration > Settings > API: "Enable REST web service".
Setting.rest_api_enabled = '1'
Setting.notified_events = []
# Settings > Users: addresses are shown to colleagues.
Setting.default_users_hide_mail = '0'
admin = User.find_by_login('admin')
admin.update_columns(must_change_passwd: false)
User.current = admin

# Administration > Custom fields > Users. Skills are a list of several values, so that all write
# them the same way.
fields = {}
skills = company['people'].flat_map { |person| person['skills'] }.uniq
fields['Skills'] = UserCustomField.create!(
  name: 'Skills', field_format: 'list', multiple: true, possible_values: skills, visible: true, editable: true
)
['Job title', 'Team', 'Location'].each do |name|
  fields[name] = UserCustomField.create!(name: name, field_format: 'string', visible: true, editable: true)
end

# Administration > Roles and permissions: who may ask, answer, and close what they asked.
role = Role.create!(
  name: 'Colleague',
  assignable: true,
  issues_visibility: 'default',
  users_visibility: 'all',
  permissions: %i[view_issues add_issues edit_own_issues add_issue_notes add_issue_watchers set_own_issues_private]
)

# The project and its tracker.
tracker = Tracker.find_by_name('Support')
project = Project.create!(
  name: 'Ask a colleague', identifier: 'help', is_public: false, trackers: [tracker], enabled_module_names: ['issue_tracking']
)
issue_skills = IssueCustomField.create!(
  name: 'Skills', field_format: 'string', is_for_all: true, is_filter: true, visible: true, trackers: [tracker]
)

# Administration > Workflow: whoever asked may set the status to Resolved and Closed.
statuses = IssueStatus.all.to_h { |status| [status.name, status.id] }
IssueStatus.all.each do |from|
  %w[Resolved Closed].each do |to|
    next if from.name == to

    WorkflowTransition.create!(
      tracker_id: tracker.id, role_id: role.id, old_status_id: from.id, new_status_id: statuses[to], author: true
    )
  end
end

# The people, as an import makes them, and a group among the members, which is nobody to ask.
people = company['people'].to_h do |person|
  user = User.new(firstname: person['given'], lastname: person['family'], mail: person['email'])
  user.login = person['login']
  user.password = 'a-password-for-tests-0f3c'
  user.custom_field_values = {
    fields['Skills'].id => person['skills'], fields['Job title'].id => person['title'],
    fields['Team'].id => person['team'], fields['Location'].id => person['place']
  }
  user.save!
  Member.create!(project: project, principal: user, roles: [role])
  [person['login'], { id: user.id, key: user.api_key }]
end
Member.create!(project: project, principal: Group.create!(name: 'Bureau Lyon'), roles: [role])

File.write(
  ARGV.fetch(0),
  JSON.generate(
    people: people, statuses: statuses, issueSkills: issue_skills.id
  )
)
