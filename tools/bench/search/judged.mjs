export async function measureJudged() { return {rows:[],languages:[],worst:[],queries:0,people:0}; }
